import type { ReactNode } from 'react';
import { Card } from '@/app/_ui/card';
import { EmptyState } from '@/app/_ui/empty-state';
import { ErrorNote } from '@/app/_ui/error-note';
import { LoadingRegion } from '@/app/_ui/loading-region';
import { RelativeTime } from '@/app/_ui/relative-time';
import { Skeleton } from '@/app/_ui/skeleton';
import { TextLink } from '@/app/_ui/text-link';
import type { OrgAccess } from '@/lib/access/org-access';
import type { AuditEvent } from '@/lib/audit/find-events';
import * as words from '@/messages/overview';
import { actionWords, targetWords } from '../_parts/audit-words';
import { readEvents } from '../_parts/read-events';

const SHOWN = 8;

interface RecentActivityProps {
  access: OrgAccess<'audit:read'>;
  base: string;
}

export async function RecentActivity({ access, base }: RecentActivityProps) {
  const answer = await readEvents(access, { limit: SHOWN });
  if ('refusal' in answer) {
    return (
      <Frame>
        <ErrorNote message={answer.refusal.message} hint={answer.refusal.hint} className="m-3" />
      </Frame>
    );
  }
  if (answer.events.length === 0) {
    return (
      <Frame>
        <EmptyState title={words.noActivity} text={words.noActivityHint} />
      </Frame>
    );
  }
  return (
    <Frame actions={<TextLink href={`${base}/audit`}>{words.audit}</TextLink>}>
      <ul className="divide-y">
        {answer.events.map((event) => (
          <EventLine key={event.id} {...event} />
        ))}
      </ul>
    </Frame>
  );
}

function EventLine(event: AuditEvent) {
  return (
    <li className="px-4 py-2.5">
      <div className="flex items-baseline justify-between gap-3">
        <p className="wrap-anywhere min-w-0">
          {actionWords(event.action)} <span className="text-muted">{targetWords(event)}</span>
        </p>
        <RelativeTime date={event.at} className="w-28 shrink-0 text-right text-muted text-sm" />
      </div>
      <p className="truncate text-muted text-sm">{event.actorEmail || event.actorId}</p>
    </li>
  );
}

/** As high as a page of events, so that nothing below it moves. */
export function RecentActivitySkeleton() {
  return (
    <Frame>
      <LoadingRegion className="divide-y">
        {[56, 44, 64, 48].map((width) => (
          <div key={width} className="flex flex-col gap-2 px-4 py-3.5">
            <Skeleton className={width > 50 ? 'w-3/5' : 'w-2/5'} />
            <Skeleton className="h-3 w-1/3" />
          </div>
        ))}
      </LoadingRegion>
    </Frame>
  );
}

function Frame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  return (
    <Card title={words.activity} actions={actions} flush>
      {children}
    </Card>
  );
}
