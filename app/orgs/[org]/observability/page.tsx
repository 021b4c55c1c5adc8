import type { Metadata } from 'next';
import { ErrorNote } from '@/app/_ui/error-note';
import { PageHeader } from '@/app/_ui/page-header';
import type { OrgAccess } from '@/lib/access/org-access';
import { asDomainError } from '@/lib/errors';
import { readOverview } from '@/lib/metrics/read-overview';
import { orgPage } from '@/lib/page/org-page';
import { Charts } from './charts';
import { type Choice, rangesOf, readChoice } from './range';
import { RangePicker } from './range-picker';
import { Summary } from './summary';

export const metadata: Metadata = { title: 'Observability' };

interface ObservabilityPageProps {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ObservabilityPage({ params, searchParams }: ObservabilityPageProps) {
  const access = await orgPage(params, 'metrics:read', '/observability');
  const path = `/orgs/${(await params).org}/observability`;
  const choice = readChoice(await searchParams);
  return (
    <>
      <PageHeader title="Observability" description="What this organization asked of the API, and how its sandboxes started." />
      <RangePicker key={JSON.stringify(choice)} path={path} choice={choice} />
      <Measurements access={access} choice={choice} />
    </>
  );
}

async function Measurements({ access, choice }: { access: OrgAccess<'metrics:read'>; choice: Choice }) {
  const { range, before } = rangesOf(choice);
  const read = await Promise.all([readOverview(access, range), readOverview(access, before)]).catch(refusalOf);
  if (!Array.isArray(read)) return <ErrorNote message={read.message} hint={read.hint} />;
  const [now, earlier] = read;
  return (
    <>
      <Summary now={now} before={earlier} />
      <Charts now={now} before={choice.compare ? earlier : null} spanMs={range.to.getTime() - range.from.getTime()} />
    </>
  );
}
