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
  const identityData = { ...data, email: user.email, email_verified: false, phone_verified: false, sub: user.id };
  return insertIdentity(db, user, 'email', identityData);
}

/** The data's `sub` is the person's id at the provider. */
export function insertIdentity(db: Database, user: User, provider: string, data: Metadata): Identity {
  const now = timestamp();
  const row = db
    .prepare(
      `INSERT INTO identities (id, provider_id, provider, user_id, identity_data, last_sign_in_at, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING *`,
    )
    .get(crypto.randomUUID(), String(data.sub), provider, user.id, toJson(data), now, now, now);
  return identityRow.parse(row);
}

function toJson(data: Metadata): string {
  return JSON.stringify(typeof data.email === 'string' ? { ...data, email: data.email.toLowerCase() } : data);
}

export function findIdentity(db: Database, provider: string, providerId: string): Identity | undefined {
  const row = db.prepare('SELECT * FROM identities WHERE provider = ? AND provider_id = ?').get(provider, providerId);
  return identityRow.optional().parse(row);
}

/** Everybody's identities that carry this address. */
export function listIdentitiesByEmail(db: Database, email: string): Identity[] {
  const rows = db.prepare(`SELECT * FROM identities WHERE lower(identity_data ->> 'email') = ?`).all(email.toLowerCase());
  return rows.map((row) => identityRow.parse(row));
}

export function deleteIdentity(db: Database, identity: Identity): void {
  db.prepare('DELETE FROM identities WHERE id = ?').run(identity.id);
}

export const emailOf = (identity: Identity): string =>
  typeof identity.identity_data.email === 'string' ? identity.identity_data.email.toLowerCase() : '';

export function listIdentities(db: Database, userId: string): Identity[] {
  const rows = db.prepare('SELECT * FROM identities WHERE user_id = ? ORDER BY created_at, rowid').all(userId);
  return rows.map((row) => identityRow.parse(row));
}

export function findEmailIdentity(db: Database, userId: string): Identity | undefined {
  return listIdentities(db, userId).find((identity) => identity.provider === 'email');
}

export function updateIdentityData(db: Database, identity: Identity, updates: Metadata): void {
  replaceIdentityData(db, identity, { ...identity.identity_data, ...updates });
}

export function replaceIdentityData(db: Database, identity: Identity, data: Metadata): void {
  db.prepare('UPDATE identities SET identity_data = ? WHERE id = ?').run(toJson(data), identity.id);
}
