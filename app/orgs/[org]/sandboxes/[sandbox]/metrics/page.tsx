import type { Metadata } from 'next';
import { ErrorNote } from '@/app/_ui/error-note';
import { type OrgAccess, widenAccess } from '@/lib/access/org-access';
import { asDomainError } from '@/lib/errors';
import { getSandboxBoots } from '@/lib/metrics/get-sandbox-boots';
import type { MetricsRange } from '@/lib/metrics/metrics-range';
import { readSandboxMetrics } from '@/lib/metrics/read-sandbox-metrics';
import * as words from '@/messages/sandbox-metrics';
import { rangesOf, readChoice } from '../../../observability/range';
import { RangePicker } from '../../../observability/range-picker';
import { refusalOf } from '../../../observability/refusal-of';
import { openSandbox } from '../_parts/open-sandbox';
import { Boots } from './boots';
import { SandboxCharts } from './sandbox-charts';

export const metadata: Metadata = { title: words.title };

interface SandboxMetricsPageProps {
  params: Promise<{ org: string; sandbox: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SandboxMetricsPage({ params, searchParams }: SandboxMetricsPageProps) {
  const { access, id, listPath } = await openSandbox(params);
  const choice = readChoice(await searchParams);
  const { range } = rangesOf(choice);
  const read = await readSandbox(widenAccess(access, 'metrics:read'), id, range);
  return (
    <>
      <RangePicker
        key={JSON.stringify(choice)}
        path={`${listPath}/${encodeURIComponent(id)}/metrics`}
        choice={choice}
        comparable={false}
      />
      {'message' in read ? (
        <ErrorNote message={read.message} hint={read.hint} />
      ) : (
        <>
          <SandboxCharts metrics={read.metrics} range={range} />
          <Boots boots={read.boots} />
        </>
      )}
    </>
  );
}

async function readSandbox(access: OrgAccess<'metrics:read'>, id: string, range: MetricsRange) {
  try {
    const [boots, metrics] = await Promise.all([
      getSandboxBoots(access, id).catch(noneReported),
      readSandboxMetrics(access, id, range),
    ]);
    return { boots, metrics };
  } catch (thrown) {
    return refusalOf(thrown);
  }
}

/** It is the org's; its machine has only not told ClickHouse of it. */
function noneReported(thrown: unknown): [] {
  if (asDomainError(thrown).code === 'not_found') return [];
  throw thrown;
}
