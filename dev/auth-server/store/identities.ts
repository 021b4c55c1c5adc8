import { z } from 'zod';
import type { Metadata } from '../read-body';
import { type Database, timestamp } from './database';
import type { User } from './users';

const identityRow = z.object({
  id: z.string(),
  provider_id: z.string(),
  provider: z.string(),
  user_id: z.string(),
  identity_data: z.string().transform((raw): Metadata => JSON.parse(raw)),
  last_sign_in_at: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});

export type Identity = z.output<typeof identityRow>;

/** The identity of somebody who signs in by address; its provider id is the user's own id. */
export function insertEmailIdentity(db: Database, user: User, data: Metadata = {}): Identity {
  const now = timestamp();
  const identityData = { ...data, email: user.email, email_verified: false, phone_verified: false, sub: user.id };
  const row = db
    .prepare(
      `INSERT INTO identities (id, provider_id, provider, user_id, identity_data, last_sign_in_at, created_at, updated_at)
       VALUES (?, ?, 'email', ?, ?, ?, ?, ?) RETURNING *`,
    )
    .get(crypto.randomUUID(), user.id, user.id, JSON.stringify(identityData), now, now, now);
  return identityRow.parse(row);
}

export function listIdentities(db: Database, userId: string): Identity[] {
  const rows = db.prepare('SELECT * FROM identities WHERE user_id = ? ORDER BY created_at, rowid').all(userId);
  return rows.map((row) => identityRow.parse(row));
}

export function findEmailIdentity(db: Database, userId: string): Identity | undefined {
  return listIdentities(db, userId).find((identity) => identity.provider === 'email');
}

export function updateIdentityData(db: Database, identity: Identity, updates: Metadata): void {
  const merged = JSON.stringify({ ...identity.identity_data, ...updates });
  db.prepare('UPDATE identities SET identity_data = ? WHERE id = ?').run(merged, identity.id);
}
