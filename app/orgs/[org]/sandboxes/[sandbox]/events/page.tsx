import type { Metadata } from 'next';
import { Badge } from '@/app/_ui/badge';
import { ButtonLink } from '@/app/_ui/button-link';
import { EmptyState } from '@/app/_ui/empty-state';
import { ErrorNote } from '@/app/_ui/error-note';
import { RelativeTime } from '@/app/_ui/relative-time';
import { Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import { listEvents, type SandboxEvent } from '@/lib/sandboxes/list-events';
import * as words from '@/messages/sandbox-events';
import { refusalOf } from '../../../observability/refusal-of';
import { openSandbox } from '../_parts/open-sandbox';

export const metadata: Metadata = { title: words.title };

interface EventsPageProps {
  params: Promise<{ org: string; sandbox: string }>;
  searchParams: Promise<{ before?: string | string[] }>;
}

export default async function EventsPage({ params, searchParams }: EventsPageProps) {
  const { access, id } = await openSandbox(params);
  const before = [(await searchParams).before].flat()[0] ?? null;
  const read = await listEvents(access, id, before).catch(refusalOf);
  if ('message' in read) return <ErrorNote message={read.message} hint={read.hint} />;
  if (read.events.length === 0) {
    return (
      <div className="rounded-lg border bg-surface">
        <EmptyState title={words.noneTitle} text={words.noneText} />
      </div>
    );
  }
  return (
    <>
      <Events events={read.events} />
      {(before !== null || read.before) && (
        <nav aria-label={words.pages} className="mt-4 flex justify-end gap-2">
          {before !== null && (
            <ButtonLink variant="ghost" href="?">
              {words.newest}
            </ButtonLink>
          )}
          {read.before && <ButtonLink href={`?before=${read.before}`}>{words.older}</ButtonLink>}
        </nav>
      )}
    </>
  );
}

function Events({ events }: { events: readonly SandboxEvent[] }) {
  return (
    <Table label={words.tableLabel}>
      <Thead>
        <tr>
          <Th className="w-36">{words.when}</Th>
          <Th>{words.event}</Th>
          <Th className="max-sm:hidden">{words.details}</Th>
        </tr>
      </Thead>
      <tbody>
        {events.map((event) => (
          <Tr key={event.id}>
            <Td className="whitespace-nowrap align-top text-muted">
              <RelativeTime date={event.at} />
            </Td>
            <Td className="align-top">
              <span className="flex flex-wrap items-center gap-1.5">
                <span className="font-medium">{event.type}</span>
                {event.code && <Badge>{event.code}</Badge>}
              </span>
              {event.message && <span className="wrap-anywhere block text-muted text-xs">{event.message}</span>}
              <span className="sm:hidden">
                <Details metadata={event.metadata} />
              </span>
            </Td>
            <Td className="w-1/2 align-top max-sm:hidden">
              <Details metadata={event.metadata} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function Details({ metadata }: { metadata: Record<string, unknown> }) {
  const told = Object.entries(metadata).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return <code className="wrap-anywhere font-mono text-muted text-xs">{told.join('  ')}</code>;
}
