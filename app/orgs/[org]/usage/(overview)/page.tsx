import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { buttonStyle } from '@/app/_ui/button-style';
import { Card } from '@/app/_ui/card';
import { EmptyState } from '@/app/_ui/empty-state';
import { ErrorNote } from '@/app/_ui/error-note';
import { PageHeader } from '@/app/_ui/page-header';
import { RangeLinks } from '@/app/_ui/range-links';
import type { OrgAccess } from '@/lib/access/org-access';
import { orgPage } from '@/lib/page/org-page';
import { readUsage, readUsageTotals } from '@/lib/usage/read-usage';
import { rangeBefore } from '@/lib/usage/usage-range';
import * as words from '@/messages/usage';
import { refusalOf } from '../../observability/refusal-of';
import { UsageCharts } from '../usage-charts';
import { rangeOf, readUsageChoice, USAGE_PRESETS, type UsageChoice, usageSearch } from '../usage-choice';
import { UsageTable } from '../usage-table';
import { UsageTotals } from '../usage-totals';

export const metadata: Metadata = { title: words.title };

interface UsagePageProps {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function UsagePage({ params, searchParams }: UsagePageProps) {
  const access = await orgPage(params, 'usage:read', '/usage');
  const path = `/orgs/${(await params).org}/usage`;
  const choice = readUsageChoice(await searchParams);
  const presets = Object.entries(USAGE_PRESETS).map(([name, days]) => ({
    ...{ name, label: words.days(days), current: choice.preset === name },
    href: path + usageSearch({ ...choice, preset: name as keyof typeof USAGE_PRESETS }),
  }));
  return (
    <>
      <PageHeader
        title={words.title}
        description={words.description}
        actions={
          <a className={buttonStyle()} href={`${path}/export${usageSearch(choice)}`} download>
            <Download aria-hidden="true" /> {words.exportCsv}
          </a>
        }
      />
      <RangeLinks key={JSON.stringify(choice)} path={path} presets={presets} from={choice.from} to={choice.to} />
      <Used access={access} choice={choice} path={path} />
    </>
  );
}

interface UsedProps {
  access: OrgAccess<'usage:read'>;
  choice: UsageChoice;
  path: string;
}

async function Used({ access, choice, path }: UsedProps) {
  const range = rangeOf(choice);
  const reads = [readUsage(access, range), readUsageTotals(access, rangeBefore(range))] as const;
  const read = await Promise.all(reads).catch(refusalOf);
  if ('message' in read) return <ErrorNote message={read.message} hint={read.hint} />;
  const [usage, before] = read;
  if (usage.totals.sandboxSeconds === 0) return <NothingUsed />;
  return (
    <>
      <UsageTotals now={usage.totals} before={before} />
      <UsageCharts days={usage.days} />
      <UsageTable
        title={words.byTemplate}
        heading={words.template}
        rows={usage.templates.map((row) => ({ ...row, name: row.template || words.noTemplate }))}
      />
      <UsageTable
        title={words.bySandbox}
        heading={words.sandbox}
        rows={usage.sandboxes.map((row) => ({
          ...row,
          name: row.sandboxId,
          detail: row.template,
          href: `${path.replace(/\/usage$/, '/observability')}/sandboxes/${encodeURIComponent(row.sandboxId)}`,
        }))}
      />
    </>
  );
}

function NothingUsed() {
  return (
    <Card flush>
      <EmptyState title={words.nothing} text={words.nothingHint} />
    </Card>
  );
}
