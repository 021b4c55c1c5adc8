import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { CopyButton } from '@/app/_ui/copy-button';
import { ErrorNote } from '@/app/_ui/error-note';
import { PageHeader } from '@/app/_ui/page-header';
import type { OrgAccess } from '@/lib/access/org-access';
import { asDomainError } from '@/lib/errors';
import { getSandboxBoots } from '@/lib/metrics/get-sandbox-boots';
import type { MetricsRange } from '@/lib/metrics/metrics-range';
import { readSandboxMetrics } from '@/lib/metrics/read-sandbox-metrics';
import { orgPage } from '@/lib/page/org-page';
import { choiceSearch, rangesOf, readChoice } from '../../range';
import { RangePicker } from '../../range-picker';
import { refusalOf } from '../../refusal-of';
import { Boots } from './boots';
import { SandboxCharts } from './sandbox-charts';

export const metadata: Metadata = { title: 'Sandbox' };

interface SandboxPageProps {
  params: Promise<{ org: string; sandbox: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SandboxPage({ params, searchParams }: SandboxPageProps) {
  const { org, sandbox } = await params;
  const access = await orgPage(params, 'metrics:read', `/observability/sandboxes/${sandbox}`);
  const overview = `/orgs/${org}/observability`;
  const choice = readChoice(await searchParams);
  const { range } = rangesOf(choice);
  const read = await readSandbox(access, sandbox, range);
  return (
    <>
      <PageHeader
        title={<span className="font-mono">{sandbox}</span>}
        description={
          <Link href={overview + choiceSearch(choice)} className="rounded-sm underline-offset-4 hover:text-ink hover:underline">
            ← Observability
          </Link>
        }
        actions={<CopyButton value={sandbox} label="Copy the sandbox’s id" />}
      />
      <RangePicker key={JSON.stringify(choice)} path={`${overview}/sandboxes/${sandbox}`} choice={choice} comparable={false} />
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

/** Says "not found" alike for an unknown sandbox and for another org's. */
async function readSandbox(access: OrgAccess<'metrics:read'>, sandbox: string, range: MetricsRange) {
  try {
    const [boots, metrics] = await Promise.all([getSandboxBoots(access, sandbox), readSandboxMetrics(access, sandbox, range)]);
    return { boots, metrics };
  } catch (thrown) {
    if (asDomainError(thrown).code === 'not_found') notFound();
    return refusalOf(thrown);
  }
}
