import { customType, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** What became of a request that carried an Idempotency-Key, for a day: a second try gets the first one's answer. */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** Whose key it is: two people may send the same. */
    actorKey: text('actor_key').notNull(),
    /** Hex SHA-256 of the key. */
    keyHash: text('key_hash').notNull(),
    /** Hex SHA-256 of method, path and body: the same key for another request is refused. */
    fingerprint: text().notNull(),
    /** Null while the first request runs. */
    status: integer(),
    /** Encrypted under the key itself, which is kept nowhere: an answer may hold a secret that is shown once. */
    answer: bytea(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.actorKey, table.keyHash] }),
    index('idx_idempotency_keys_created').on(table.createdAt),
  ],
);
