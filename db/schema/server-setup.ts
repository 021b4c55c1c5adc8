import { sql } from 'drizzle-orm';
import { check, pgTable, smallint, text, timestamp } from 'drizzle-orm/pg-core';

/** One row: whether this server still waits for its first owner. Once closed it stays closed, whatever becomes of that owner. */
export const serverSetup = pgTable(
  'server_setup',
  {
    id: smallint().primaryKey().default(1),
    /** When a server first looked and found no owner; owners from before are nobody's first. */
    openedAt: timestamp('opened_at', { withTimezone: true }),
    /** Hex SHA-256 of the code that the server started last printed. */
    codeHash: text('code_hash'),
    codeMadeAt: timestamp('code_made_at', { withTimezone: true }),
    closedAt: timestamp('closed_at', { withTimezone: true }),
    /** The user id of the first owner. */
    closedBy: text('closed_by'),
    /** How they came to be: setup, bootstrap, command, sql, created, or earlier. */
    closedWay: text('closed_way'),
    /** Every user id that was the one person of stub mode here: nobody can sign in as them, so they own nothing. */
    stubUserIds: text('stub_user_ids').array().notNull().default(sql`'{00000000-0000-0000-0000-000000000001}'`),
  },
  (table) => [check('server_setup_one_row', sql`${table.id} = 1`)],
);
