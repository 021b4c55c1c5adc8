import { EVENT_TEXTS, type SealedEvent } from './chain-link';

/** An event as a query with SEALED_COLUMNS answers it: numbers as text, whatever a server's settings say. */
export type SealedRow = Record<Exclude<keyof SealedEvent, 'ts' | 'seq' | 'prev_ts'> | 'at_ms' | 'prev_at_ms' | 'number', string>;

/** Everything the chain covers, for a SELECT. */
export const SEALED_COLUMNS = [
  ...EVENT_TEXTS,
  'event_id',
  'workspace_id',
  'prev_hash',
  'hash',
  'toString(seq) AS number',
  'toString(toUnixTimestamp64Milli(ts)) AS at_ms',
  'toString(toUnixTimestamp64Milli(prev_ts)) AS prev_at_ms',
].join(', ');

export function presentSealedRow({ at_ms, prev_at_ms, number, ...texts }: SealedRow): SealedEvent {
  return { ...texts, ts: Number(at_ms), prev_ts: Number(prev_at_ms), seq: Number(number) };
}
