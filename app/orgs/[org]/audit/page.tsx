import type { Metadata } from 'next';
import { PageHeader } from '@/app/_ui/page-header';
import { widenAccess } from '@/lib/access/org-access';
import { listMembers } from '@/lib/members/list-members';
import { orgPage } from '@/lib/page/org-page';
import { readEvents } from '../_parts/read-events';
import { type AuditSearchParams, auditQueryOf, readAuditFilters } from './audit-filters';
import { AuditResults } from './audit-results';
import { FilterForm } from './filter-form';

export const metadata: Metadata = { title: 'Audit log' };

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
  const people = members.map(({ userId, email }) => ({ value: userId, label: email || userId }));
  return (
    <>
      <PageHeader title="Audit log" description="Every change to people, invitations and tokens, kept for a year." />
      <FilterForm key={JSON.stringify(filters)} path={path} filters={filters} people={people} />
      <AuditResults answer={answer} path={path} filters={filters} />
    </>
  );
}
