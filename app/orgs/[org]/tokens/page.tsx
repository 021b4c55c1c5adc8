import { KeyRound } from 'lucide-react';
import type { Metadata } from 'next';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHeader } from '@/app/_ui/page-header';
import { can } from '@/lib/access/org-access';
import { orgPage } from '@/lib/page/org-page';
import { listTokens } from '@/lib/tokens/list-tokens';
import { CreateToken } from './create-token';
import { rolesUpTo } from './roles-up-to';
import { TokensTable } from './tokens-table';

export const metadata: Metadata = { title: 'API tokens' };

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
        title="API tokens"
        description={`For programs that act in ${access.org.name}. ${seesAll ? 'A token ends with its maker’s membership.' : 'You see the ones you made.'}`}
        actions={
          can(access, 'tokens:create') && (
            <CreateToken orgId={access.orgId} roles={rolesUpTo(access.role)} startOpen={startOpen} />
          )
        }
      />
      {tokens.length === 0 ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState
            icon={<KeyRound />}
            title="No API tokens yet"
            text="Make one for each program, so that ending one stops nothing else. Its secret is shown once."
          />
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
