import { KeyRound } from 'lucide-react';
import type { Metadata } from 'next';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHeader } from '@/app/_ui/page-header';
import { can } from '@/lib/access/org-access';
import { orgPage } from '@/lib/page/org-page';
import { listTokens } from '@/lib/tokens/list-tokens';
import * as words from '@/messages/tokens';
import { CreateToken } from './create-token';
import { rolesUpTo } from './roles-up-to';
import { TokensTable } from './tokens-table';

export const metadata: Metadata = { title: words.title };

interface TokensPageProps {
  params: Promise<{ org: string }>;
  searchParams: Promise<{ new?: string }>;
}

export default async function TokensPage({ params, searchParams }: TokensPageProps) {
  const access = await orgPage(params, 'tokens:read', '/tokens');
  const tokens = await listTokens(access);
  const seesAll = can(access, 'tokens:manage-all');
  const startOpen = (await searchParams).new !== undefined;
  return (
    <>
      <PageHeader
        title={words.title}
        description={seesAll ? words.descriptionOfAll(access.org.name) : words.descriptionOfOwn(access.org.name)}
        actions={
          can(access, 'tokens:create') && (
            <CreateToken orgId={access.orgId} roles={rolesUpTo(access.role)} startOpen={startOpen} />
          )
        }
      />
      {tokens.length === 0 ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState icon={<KeyRound />} title={words.emptyTitle} text={words.emptyText} />
        </div>
      ) : (
        <TokensTable
          orgId={access.orgId}
          tokens={tokens}
          mayRevoke={can(access, 'tokens:revoke')}
          rotator={can(access, 'tokens:rotate') ? access.actor.userId : null}
          showMaker={seesAll}
        />
      )}
    </>
  );
}
