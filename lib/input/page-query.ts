import { createHash } from 'node:crypto';
import { z } from 'zod';
import { DomainError } from '@/lib/errors';

const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 100;

/** What every list that pages takes in its query; a list with filters spreads it among them. */
export const pageFields = {
  limit: z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(1, 'must be at least 1').max(MAX_LIMIT, `must be at most ${MAX_LIMIT}`))
    .default(DEFAULT_LIMIT),
  cursor: z.string().max(255, 'is too long').optional(),
};

/** The query of a list that pages and has no filters. */
export const pageQuery = z.strictObject(pageFields);
export type PageQuery = z.output<typeof pageQuery>;

/** Where a page ended: the last row's moment (in a unit its list chooses) and id. */
interface Position {
  at: string;
  id: string;
}

/** Rows of a list and the cursor of the next page, null after the last. */
export interface Page<Row> {
  items: Row[];
  nextCursor: string | null;
}

/** Cuts a page out of rows of which one more than `limit` was asked for: it tells whether there is a next page. */
export function cutPage<Row extends Position>(list: string, rows: Row[], limit: number): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: last && rows.length > limit ? writeCursor(list, last) : null };
}

/**
 * The position in a cursor, which must be one that this very list has given. `list` names it with whose it is, such as
 * "invites of <org id>". Throws validation_failed.
 */
export function readCursor(list: string, cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined;
  const [, at, id] = /^(\d{1,16}) ([\w-]{1,64})$/.exec(Buffer.from(cursor.split('.')[0] ?? '', 'base64url').toString()) ?? [];
  // Written again it must be the same: base64 forgives much, and the digest tells another list's cursor and an altered one.
  if (at !== undefined && id !== undefined && writeCursor(list, { at, id }) === cursor) return { at, id };
  const fields = [{ path: 'cursor', message: 'is not one that this list has given' }];
  throw new DomainError('validation_failed', 'cursor: is not one that this list has given', {
    fields,
    hint: 'Send the next_cursor of the page before unchanged, or none for the first page.',
  });
}

/** The digest is no secret and guards none: whatever the position, a list holds its own rows only. */
export function writeCursor(list: string, { at, id }: Position): string {
  const place = `${at} ${id}`;
  const digest = createHash('sha256').update(`${list}\n${place}`).digest('base64url').slice(0, 16);
  return `${Buffer.from(place).toString('base64url')}.${digest}`;
}
