'use client';

import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useId, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { cn } from '@/app/_ui/class-names';
import { RelativeTime } from '@/app/_ui/relative-time';
import { Td, Tr } from '@/app/_ui/table';
import type { AuditEvent } from '@/lib/audit/find-events';
import * as words from '@/messages/audit';
import { language } from '@/messages/language';

interface AuditRowProps {
  event: AuditEvent;
  action: string;
  target: string;
  /** The log of this actor alone. */
  actorHref: string;
  /** The log of what happened to this target alone. */
  targetHref: string;
}

/** One event; its details open below it. */
export function AuditRow({ event, action, target, actorHref, targetHref }: AuditRowProps) {
  const [open, setOpen] = useState(false);
  const detailsId = useId();
  const actor = event.actorEmail || event.actorId;
  return (
    <tbody className="border-b last:border-b-0">
      <Tr className="border-b-0">
        <Td className="whitespace-nowrap text-muted max-sm:hidden">
          <RelativeTime date={event.at} />
        </Td>
        <Td className="max-w-48 truncate max-sm:hidden" title={actor}>
          {actor}
        </Td>
        <Td className="w-full max-w-0">
          <span className="block sm:truncate">
            {action} <span className="text-muted max-sm:hidden">{target}</span>
          </span>
          <span className="wrap-anywhere block text-muted text-xs sm:hidden">
            {target ? words.targetAndTime(target, <RelativeTime date={event.at} />) : <RelativeTime date={event.at} />}
          </span>
        </Td>
        <Td className="whitespace-nowrap font-mono text-muted text-xs max-lg:hidden">{event.ip}</Td>
        <Td className="w-px text-right">
          <Button
            variant="ghost"
            size="icon-sm"
            aria-expanded={open}
            aria-controls={detailsId}
            aria-label={words.detailsOf(action, actor)}
            onClick={() => setOpen(!open)}
          >
            <ChevronRight aria-hidden="true" className={cn('transition-transform', open && 'rotate-90')} />
          </Button>
        </Td>
      </Tr>
      <tr id={detailsId} hidden={!open}>
        <td colSpan={5} className="bg-canvas px-4 py-3">
          {open && <Details event={event} actor={actor} actorHref={actorHref} targetHref={targetHref} />}
        </td>
      </tr>
    </tbody>
  );
}

type DetailsProps = Pick<AuditRowProps, 'event' | 'actorHref' | 'targetHref'> & { actor: string };

function Details({ event, actor, actorHref, targetHref }: DetailsProps) {
  const { before, after, ...more } = event.metadata;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm max-sm:grid-cols-1 max-sm:gap-y-0.5">
      <Detail name={words.time}>{event.at.toLocaleString(language, { dateStyle: 'medium', timeStyle: 'long' })}</Detail>
      <Detail name={words.who}>
        {actor} <OnlyLink href={actorHref}>{words.onlyActor}</OnlyLink>
      </Detail>
      <Detail name={words.action} mono>
        {event.action}
      </Detail>
      <Detail name={words.target} mono>
        {`${event.targetType} ${event.targetId}`} <OnlyLink href={targetHref}>{words.onlyTarget}</OnlyLink>
      </Detail>
      {before !== undefined && (
        <Detail name={words.before} mono>
          {plain(before)}
        </Detail>
      )}
      {after !== undefined && (
        <Detail name={words.after} mono>
          {plain(after)}
        </Detail>
      )}
      <Detail name={words.request} mono>
        {event.requestId || '–'}
      </Detail>
      <Detail name={words.address} mono>
        {event.ip || '–'}
      </Detail>
      <Detail name={words.agent}>{event.userAgent || '–'}</Detail>
      {Object.keys(more).length > 0 && (
        <Detail name={words.details} mono>
          {JSON.stringify(more, null, 2)}
        </Detail>
      )}
      <Detail name={words.chain} mono>
        {event.seq === null ? words.notChained : `#${event.seq} ${event.hash}`}
      </Detail>
    </dl>
  );
}

/** A value as a person reads it: text without its quotes. */
function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

function OnlyLink({ href, children }: { href: string; children: string }) {
  return (
    <Link href={href} className="font-sans text-muted text-sm underline underline-offset-3 hover:text-ink">
      {children}
    </Link>
  );
}

function Detail({ name, mono = false, children }: { name: string; mono?: boolean; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted max-sm:mt-1.5">{name}</dt>
      <dd className={cn('wrap-anywhere min-w-0 whitespace-pre-wrap', mono && 'font-mono text-xs leading-5')}>{children}</dd>
    </>
  );
}
