import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonStyle } from '@/app/_ui/button-style';
import { ThemeToggle } from '@/app/_ui/theme-toggle';
import { Wordmark } from '@/app/_ui/wordmark';
import { openapiDocument } from '@/lib/openapi/openapi-document';
import { listOrgs } from '@/lib/orgs/list-orgs';
import { optionalUser } from '@/lib/page/org-page';
import * as common from '@/messages/common';
import * as words from '@/messages/docs';
import { home } from '@/messages/ui';
import { orgPath } from '../orgs/_parts/org-path';
import { ApiReference } from './api-reference';
import { withExampleOrg } from './with-example-org';

export const metadata: Metadata = { title: words.title };

/** The reference of /v1, for everybody; its examples speak of the reader's own organization where there is one. */
export default async function DocsPage() {
  const user = await optionalUser();
  const org = user && (await listOrgs(user)).currentOrg;
  const contract = openapiDocument();
  return (
    <div className="min-h-dvh">
      <header className="sticky top-0 z-30 flex h-14 items-center justify-between gap-3 border-b bg-canvas px-4 sm:px-6">
        <Link href="/" aria-label={home} className="rounded-md">
          <Wordmark />
        </Link>
        <div className="flex min-w-0 items-center gap-3">
          <Link
            href={user ? (org ? orgPath(org) : '/') : '/login?next=%2Fdocs'}
            className={buttonStyle({ size: 'sm', className: 'min-w-0 shrink' })}
          >
            <span className="truncate">{user ? (org?.name ?? common.startPage) : common.signIn}</span>
          </Link>
          <ThemeToggle className="max-sm:hidden" />
        </div>
      </header>
      <ApiReference contract={org ? withExampleOrg(contract, org.id) : contract} />
    </div>
  );
}
