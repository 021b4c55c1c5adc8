import type { Metadata } from 'next';
import { ButtonLink } from '@/app/_ui/button-link';
import { EmptyState } from '@/app/_ui/empty-state';
import { PageHeader } from '@/app/_ui/page-header';
import { TextLink } from '@/app/_ui/text-link';
import { listLiveAgents } from '@/lib/gateway/list-agents';
import { orgPage } from '@/lib/page/org-page';
import { publicConfig } from '@/lib/public-config';
import { listSandboxes } from '@/lib/sandboxes/list-sandboxes';
import * as words from '@/messages/sandboxes';
import { firstPageIfForeign } from '../../_parts/first-page-if-foreign';
import { NoMachine } from '../../_parts/no-machine';
import { CreateSandbox } from '../_parts/create-sandbox';
import { LiveList } from '../_parts/live-list';
import { statesOf } from '../_parts/states';
import { listSearch, ROWS, readListChoice } from './filter';
import { FilterBar } from './filter-bar';
import { NoSandboxes } from './no-sandboxes';
import { SandboxesTable } from './sandboxes-table';

export const metadata: Metadata = { title: words.title };

interface SandboxesPageProps {
  params: Promise<{ org: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SandboxesPage({ params, searchParams }: SandboxesPageProps) {
  const access = await orgPage(params, 'sandboxes:use', '/sandboxes');
  const base = `/orgs/${(await params).org}`;
  const path = `${base}/sandboxes`;
  const query = await searchParams;
  const choice = readListChoice(query);
  const [{ items, nextCursor }, agents] = await Promise.all([
    firstPageIfForeign(choice.cursor, (cursor) => listSandboxes(access, choice, { limit: ROWS, cursor })),
    listLiveAgents(),
  ]);
  const narrowed = choice.status !== '' || choice.search !== '' || choice.cursor !== '';
  const { apiUrl, dashboardUrl } = publicConfig();
  const asked = [query.new].flat()[0];
  return (
    <>
      <PageHeader
        title={words.title}
        description={words.description(access.org.name)}
        actions={<CreateSandbox orgId={access.orgId} listPath={path} startWith={asked ?? null} />}
      />
      {agents.length === 0 && <NoMachine access={access} />}
      <LiveList path={`${path}/states${listSearch(choice)}`} shown={statesOf(items)} />
      {(items.length > 0 || narrowed) && <FilterBar key={listSearch(choice)} path={path} choice={choice} />}
      {items.length > 0 && <SandboxesTable orgId={access.orgId} path={path} sandboxes={items} />}
      {items.length === 0 && narrowed && (
        <div className="rounded-lg border bg-surface">
          <EmptyState title={words.nothingFound} action={<TextLink href={path}>{words.showAll}</TextLink>} />
        </div>
      )}
      {items.length === 0 && !narrowed && <NoSandboxes apiUrl={apiUrl || dashboardUrl} tokensPath={`${base}/tokens`} />}
      {nextCursor && (
        <nav aria-label={words.pages} className="mt-4 flex justify-end">
          <ButtonLink href={path + listSearch({ ...choice, cursor: nextCursor })}>{words.older}</ButtonLink>
        </nav>
      )}
    </>
  );
}
