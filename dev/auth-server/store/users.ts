import { z } from 'zod';
import type { Metadata } from '../read-body';
import { type Database, timestamp } from './database';

const json = z.string().transform((raw): Metadata => JSON.parse(raw));
const moment = z.string().nullable();

const userRow = z.object({
  id: z.string(),
  aud: z.string(),
  role: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  encrypted_password: z.string().nullable(),
  email_confirmed_at: moment,
  phone_confirmed_at: moment,
  invited_at: moment,
  confirmation_token: z.string(),
  confirmation_sent_at: moment,
  recovery_token: z.string(),
  recovery_sent_at: moment,
  email_change: z.string(),
  email_change_token_current: z.string(),
  email_change_token_new: z.string(),
  email_change_sent_at: moment,
  email_change_confirm_status: z.number(),
  reauthentication_token: z.string(),
  reauthentication_sent_at: moment,
  last_sign_in_at: moment,
  raw_app_meta_data: json,
  raw_user_meta_data: json,
  is_sso_user: z.number().transform(Boolean),
  is_anonymous: z.number().transform(Boolean),
  banned_until: moment,
  deleted_at: moment,
  created_at: z.string(),
  updated_at: z.string(),
});

export type User = z.output<typeof userRow>;
export type UserChanges = Partial<Omit<User, 'id' | 'created_at' | 'updated_at'>>;

export interface NewUser {
  id?: string;
  /** Null for an anonymous user. */
  email: string | null;
  aud: string;
  role: string;
  /** Undefined for an invited user, who has none yet. */
  passwordHash?: string | undefined;
  userMetadata: Metadata;
  appMetadata: Metadata;
  isSsoUser?: boolean;
  isAnonymous?: boolean;
}

export function insertUser(db: Database, user: NewUser): User {
  const now = timestamp();
  const row = db
    .prepare(
      `INSERT INTO users (id, email, aud, role, encrypted_password, raw_user_meta_data, raw_app_meta_data, is_sso_user,
         is_anonymous, created_at, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *`,
    )
    .get(
      user.id ?? crypto.randomUUID(),
      user.email,
      user.aud,
      user.role,
      user.passwordHash ?? null,
      JSON.stringify(user.userMetadata),
      JSON.stringify(user.appMetadata),
      Number(user.isSsoUser ?? false),
      Number(user.isAnonymous ?? false),
      now,
      now,
    );
  return userRow.parse(row);
}

/** Writes the named columns only and returns the new row. Column names come from the type, never from input. */
export function updateUser(db: Database, user: User, changes: UserChanges): User {
  const columns = Object.entries({ ...changes, updated_at: timestamp() });
  const assignments = columns.map(([name]) => `${name} = ?`).join(', ');
  const row = db
    .prepare(`UPDATE users SET ${assignments} WHERE id = ? RETURNING *`)
    .get(...columns.map(([, value]) => toSql(value)), user.id);
  return userRow.parse(row);
}

function toSql(value: string | number | boolean | null | Metadata): string | number | null {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
}

export function findUserById(db: Database, id: string): User | undefined {
  return userRow.optional().parse(db.prepare('SELECT * FROM users WHERE id = ?').get(id));
}

/** Accounts of an organization's identity provider are never found by address: their owner does not own it. */
export function findUserByEmail(db: Database, email: string, aud: string): User | undefined {
  const row = db.prepare('SELECT * FROM users WHERE email = ? AND aud = ? AND is_sso_user = 0').get(email.toLowerCase(), aud);
  return userRow.optional().parse(row);
}

export function deleteUser(db: Database, id: string): void {
  db.prepare('DELETE FROM users WHERE id = ?').run(id);
}

export interface UserPage {
  aud: string;
  filter: string;
  page: number;
  perPage: number;
  direction: 'ASC' | 'DESC';
}

/** Newest first unless told otherwise, with the number of users on all pages. */
export function listUsers(db: Database, { aud, filter, page, perPage, direction }: UserPage): { users: User[]; total: number } {
  const where = `aud = ? AND (? = '' OR instr(email, ?) > 0 OR instr(lower(raw_user_meta_data ->> 'full_name'), lower(?)) > 0)`;
  const total = z
    .object({ n: z.number() })
    .parse(db.prepare(`SELECT count(*) AS n FROM users WHERE ${where}`).get(aud, filter, filter, filter));
  const rows = db
    .prepare(`SELECT * FROM users WHERE ${where} ORDER BY created_at ${direction}, rowid ${direction} LIMIT ? OFFSET ?`)
    .all(aud, filter, filter, filter, perPage, (page - 1) * perPage);
  return { users: rows.map((row) => userRow.parse(row)), total: total.n };
}

/** Null removes a key; keys not named stay. */
export function mergeMetadata(current: Metadata, updates: Metadata): Metadata {
  return Object.fromEntries(Object.entries({ ...current, ...updates }).filter(([, value]) => value !== null));
}
