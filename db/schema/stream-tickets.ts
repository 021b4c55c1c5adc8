import { index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { orgs } from './orgs';

/** What is remembered of the person who asked for a ticket, beyond their id. */
export interface TicketHolder {
  email: string;
  authMethod: 'jwt' | 'oidc' | 'stub';
  sessionId: string | null;
  aal: 'aal1' | 'aal2' | null;
}

/** One-time passes for WebSockets of browsers, which cannot send an Authorization header. Used up by being deleted. */
export const streamTickets = pgTable(
  'stream_tickets',
  {
    secretHash: text('secret_hash').primaryKey(),
    orgId: uuid('org_id')
      .notNull()
      .references(() => orgs.id, { onDelete: 'cascade' }),
    userId: text('user_id').notNull(),
    holder: jsonb().$type<TicketHolder>().notNull(),
    sandboxId: text('sandbox_id').notNull(),
    /** Below the sandbox, such as exec/pty. */
    path: text().notNull(),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
  },
  (table) => [index('idx_stream_tickets_expires').on(table.expiresAt)],
);
