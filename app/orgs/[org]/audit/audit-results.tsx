import { ArrowRight, ScrollText } from 'lucide-react';
import { ButtonLink } from '@/app/_ui/button-link';
import { EmptyState } from '@/app/_ui/empty-state';
import { ErrorNote } from '@/app/_ui/error-note';
import { Table, Th, Thead } from '@/app/_ui/table';
import * as words from '@/messages/audit';
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
      <Table label={words.title}>
        <Thead>
          <tr>
            <Th className="min-w-28 max-sm:hidden">{words.when}</Th>
            <Th className="max-sm:hidden">{words.who}</Th>
            <Th>{words.what}</Th>
            <Th className="max-lg:hidden">{words.address}</Th>
            <Th>
              <span className="sr-only">{words.details}</span>
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
    <nav aria-label={words.pages} className="mt-3 flex justify-between">
      {filters.cursor ? (
        <ButtonLink size="sm" href={path + auditSearch({ ...filters, cursor: '' })}>
          {words.newest}
        </ButtonLink>
      ) : (
        <span />
      )}
      {nextCursor && (
        <ButtonLink size="sm" href={path + auditSearch({ ...filters, cursor: nextCursor })}>
          {words.older} <ArrowRight aria-hidden="true" />
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
          title={words.noMatchTitle}
          text={words.noMatchText}
          action={
            <ButtonLink size="sm" href={path}>
              {words.showEverything}
            </ButtonLink>
          }
        />
      ) : (
        <EmptyState icon={<ScrollText />} title={words.emptyTitle} text={words.emptyText} />
      )}
    </div>
  );
}
