import { type AnyColumn, type SQL, sql } from 'drizzle-orm';

/** A row's place in a list ordered by when it was made, newest first, and by id among rows of one moment. */
export interface Position {
  /** Microseconds since 1970, as exact as Postgres keeps it: a Date would put several rows into one moment. */
  at: string;
  /** A UUID. */
  id: string;
}

/** The first half of a position, for the columns of a query. */
export function positionAt(madeAt: AnyColumn): SQL<string> {
  return sql<string>`(extract(epoch from ${madeAt}) * 1000000)::bigint::text`;
}

/** The condition for rows that come after a position; true for all without one. New rows come before it, so they move nothing. */
export function rowsAfter(madeAt: AnyColumn, id: AnyColumn, position: Position | undefined): SQL | undefined {
  if (!position) return undefined;
  const moment = sql`timestamptz 'epoch' + ${position.at}::bigint * interval '1 microsecond'`;
  return sql`(${madeAt}, ${id}) < (${moment}, ${position.id}::uuid)`;
}
