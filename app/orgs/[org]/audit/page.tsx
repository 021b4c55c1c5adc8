import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { buttonStyle } from '@/app/_ui/button-style';
import { PageHeader } from '@/app/_ui/page-header';
import { widenAccess } from '@/lib/access/org-access';
import { listMembers } from '@/lib/members/list-members';
import { orgPage } from '@/lib/page/org-page';
import * as words from '@/messages/audit';
import { readEvents } from '../_parts/read-events';
import { type AuditSearchParams, auditApiPath, auditQueryOf, auditSearch, readAuditFilters } from './audit-filters';
import { AuditResults } from './audit-results';
import { ChainCheck } from './chain-check';
import { FilterForm } from './filter-form';
import { LiveTail } from './live-tail';

export const metadata: Metadata = { title: words.title };

interface AuditPageProps {
  params: Promise<{ org: string }>;
  searchParams: Promise<AuditSearchParams>;
}

export default async function AuditPage({ params, searchParams }: AuditPageProps) {
  const access = await orgPage(params, 'audit:read', '/audit');
  const path = `/orgs/${(await params).org}/audit`;
  const filters = readAuditFilters(await searchParams);
  const [answer, members] = await Promise.all([
    readEvents(access, auditQueryOf(filters)),
    listMembers(widenAccess(access, 'members:read')),
  ]);
  const showsNewest = filters.cursor === '' && filters.to === '' && !('refusal' in answer);
  const newest = 'refusal' in answer ? null : (answer.events[0] ?? null);
  const people = members.map(({ userId, email }) => ({ value: userId, label: email || userId }));
  return (
    <>
      <PageHeader
        title={words.title}
        description={words.description}
        actions={
          <a className={buttonStyle()} href={`${path}/export${auditSearch({ ...filters, cursor: '' })}`} download>
            <Download aria-hidden="true" /> {words.exportCsv}
          </a>
        }
      />
      <FilterForm key={JSON.stringify(filters)} path={path} filters={filters} people={people} />
      <div className="mb-2 flex flex-wrap items-center justify-between gap-x-4">
        <ChainCheck orgId={access.orgId} />
        {showsNewest && (
          <LiveTail path={auditApiPath(access.orgId, filters)} newest={newest && { id: newest.id, at: newest.at }} />
        )}
      </div>
      <AuditResults answer={answer} path={path} filters={filters} />
    </>
  );
}
