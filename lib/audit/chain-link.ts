import { createHash } from 'node:crypto';

/** The columns of an event that tell what happened, in the order they are hashed in. Never reordered: old events stay verifiable. */
export const EVENT_TEXTS = [
  'actor_id',
  'actor_type',
  'action',
  'target_type',
  'target_id',
  'request_id',
  'ip',
  'user_agent',
  'metadata',
] as const;

/** What the hash of an event covers: all of its columns, its number, and what came before it. Times in milliseconds since 1970. */
export interface ChainedEvent extends Record<(typeof EVENT_TEXTS)[number], string> {
  event_id: string;
  /** The org. */
  workspace_id: string;
  ts: number;
  /** 1, 2, 3 … within its org, without a gap. */
  seq: number;
  /** When the event before it happened (0 before the first): tells whether one that is gone was old enough to have expired. */
  prev_ts: number;
  /** The hash of the event before it; '' before the first. */
  prev_hash: string;
}

export interface SealedEvent extends ChainedEvent {
  hash: string;
}

/** SHA-256, in hex, over the event as a JSON array of strings: no two different events have one text. */
export function hashEvent(event: ChainedEvent): string {
  const { workspace_id, seq, event_id, ts, prev_ts, prev_hash } = event;
  const texts = EVENT_TEXTS.map((name) => event[name]);
  const canonical = ['pandastack-audit-1', workspace_id, String(seq), event_id, String(ts), ...texts, String(prev_ts), prev_hash];
  return createHash('sha256').update(JSON.stringify(canonical), 'utf8').digest('hex');
}
