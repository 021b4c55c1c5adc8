import type { Metadata } from 'next';
import { ErrorNote } from '@/app/_ui/error-note';
import { PageHeader } from '@/app/_ui/page-header';
import type { OrgAccess } from '@/lib/access/org-access';
import { listSandboxes } from '@/lib/metrics/list-sandboxes';
import { readOverview } from '@/lib/metrics/read-overview';
import { orgPage } from '@/lib/page/org-page';
import * as words from '@/messages/observability';
import { BusySandboxes } from '../busy-sandboxes';
import { Charts } from '../charts';
import { type Choice, choiceSearch, rangesOf, readChoice } from '../range';
import { RangePicker } from '../range-picker';
import { refusalOf } from '../refusal-of';
import { Summary } from '../summary';

export const metadata: Metadata = { title: words.title };

interface ObservabilityPageProps {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ObservabilityPage({ params, searchParams }: ObservabilityPageProps) {
  const access = await orgPage(params, 'metrics:read', '/observability');
  const { org } = await params;
  const path = `/orgs/${org}/observability`;
  const choice = readChoice(await searchParams);
  return (
    <>
      <PageHeader title={words.title} description={words.description} />
      <RangePicker key={JSON.stringify(choice)} path={path} choice={choice} />
      <Measurements access={access} choice={choice} org={org} />
    </>
  );
}

interface MeasurementsProps {
  access: OrgAccess<'metrics:read'>;
  choice: Choice;
  org: string;
}

async function Measurements({ access, choice, org }: MeasurementsProps) {
  const { range, before } = rangesOf(choice);
  const reads = [readOverview(access, range), readOverview(access, before), listSandboxes(access, range)] as const;
  const read = await Promise.all(reads).catch(refusalOf);
  if ('message' in read) return <ErrorNote message={read.message} hint={read.hint} />;
  const [now, earlier, sandboxes] = read;
  return (
    <>
      <Summary now={now} before={earlier} />
      <Charts now={now} before={choice.compare ? earlier : null} spanMs={range.to.getTime() - range.from.getTime()} />
      <BusySandboxes sandboxes={sandboxes} path={`/orgs/${org}/sandboxes`} search={choiceSearch(choice)} />
    </>
  );
}
