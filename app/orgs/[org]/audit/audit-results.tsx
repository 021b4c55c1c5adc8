import { ArrowRight, ScrollText } from 'lucide-react';
import { ButtonLink } from '@/app/_ui/button-link';
import { EmptyState } from '@/app/_ui/empty-state';
import { ErrorNote } from '@/app/_ui/error-note';
import { Table, Th, Thead } from '@/app/_ui/table';
import { actionWords, targetWords } from '../_parts/audit-words';
import type { readEvents } from '../_parts/read-events';
import { type AuditFilters, auditSearch } from './audit-filters';
import { AuditRow } from './audit-row';

interface AuditResultsProps {
  answer: Awaited<ReturnType<typeof readEvents>>;
  path: string;
  filters: AuditFilters;
}

export function AuditResults({ answer, path, filters }: AuditResultsProps) {
  if ('refusal' in answer) {
    const { message, hint } = answer.refusal;
    return <ErrorNote message={message} hint={hint} />;
  }
  const { events, nextCursor } = answer;
  const narrowed = auditSearch({ ...filters, cursor: '' }) !== '';
  if (events.length === 0) return <NoEvents narrowed={narrowed} path={path} />;
  return (
    <>
      <Table label="Audit log">
        <Thead>
          <tr>
            <Th className="min-w-28 max-sm:hidden">When</Th>
            <Th className="max-sm:hidden">Who</Th>
            <Th>What</Th>
            <Th className="max-lg:hidden">Address</Th>
            <Th>
              <span className="sr-only">Details</span>
            </Th>
          </tr>
        </Thead>
        {events.map((event) => (
          <AuditRow
            key={event.id}
            event={event}
            action={actionWords(event.action)}
            target={targetWords(event)}
            actorHref={path + auditSearch({ ...filters, cursor: '', actor: event.actorId })}
            targetHref={path + auditSearch({ ...filters, cursor: '', target: event.targetId })}
          />
        ))}
      </Table>
      <OtherPages path={path} filters={filters} nextCursor={nextCursor} />
    </>
  );
}

interface OtherPagesProps {
  path: string;
  filters: AuditFilters;
  nextCursor: string | null;
}

function OtherPages({ path, filters, nextCursor }: OtherPagesProps) {
  return (
    <nav aria-label="Pages of the audit log" className="mt-3 flex justify-between">
      {filters.cursor ? (
        <ButtonLink size="sm" href={path + auditSearch({ ...filters, cursor: '' })}>
          Newest
        </ButtonLink>
      ) : (
        <span />
      )}
      {nextCursor && (
        <ButtonLink size="sm" href={path + auditSearch({ ...filters, cursor: nextCursor })}>
          Older <ArrowRight aria-hidden="true" />
        </ButtonLink>
      )}
    </nav>
  );
}

function NoEvents({ narrowed, path }: { narrowed: boolean; path: string }) {
  return (
    <div className="rounded-lg border bg-surface">
      {narrowed ? (
        <EmptyState
          title="Nothing matches"
          text="No event has this action, person, target and time together."
          action={
            <ButtonLink size="sm" href={path}>
              Show everything
            </ButtonLink>
          }
        />
      ) : (
        <EmptyState
          icon={<ScrollText />}
          title="Nothing has happened yet"
          text="Changes to people, invitations and tokens appear here a moment after they are made."
        />
      )}
    </div>
  );
}
