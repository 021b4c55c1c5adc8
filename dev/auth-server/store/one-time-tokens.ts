import { z } from 'zod';
import type { Database } from './database';
import { findUserById, type User } from './users';

export type OneTimeTokenType =
  | 'confirmation_token'
  | 'recovery_token'
  | 'email_change_token_current'
  | 'email_change_token_new'
  | 'reauthentication_token';

/** Replaces the user's earlier token of this type: only the newest link works. */
export function putOneTimeToken(db: Database, userId: string, type: OneTimeTokenType, hash: string): void {
  db.prepare('INSERT OR REPLACE INTO one_time_tokens (user_id, token_type, token_hash) VALUES (?, ?, ?)').run(userId, type, hash);
}

export function clearOneTimeToken(db: Database, userId: string, type: OneTimeTokenType): void {
  db.prepare('DELETE FROM one_time_tokens WHERE user_id = ? AND token_type = ?').run(userId, type);
}

export function clearOneTimeTokens(db: Database, userId: string): void {
  db.prepare('DELETE FROM one_time_tokens WHERE user_id = ?').run(userId);
}

export function hasOneTimeToken(db: Database, hash: string, type: OneTimeTokenType): boolean {
  return db.prepare('SELECT 1 FROM one_time_tokens WHERE token_hash = ? AND token_type = ?').get(hash, type) !== undefined;
}

export function findUserByOneTimeToken(db: Database, hash: string, types: OneTimeTokenType[]): User | undefined {
  const placeholders = types.map(() => '?').join(', ');
  const row = db
    .prepare(`SELECT user_id FROM one_time_tokens WHERE token_hash = ? AND token_type IN (${placeholders})`)
    .get(hash, ...types);
  const owner = z.object({ user_id: z.string() }).optional().parse(row);
  return owner && findUserById(db, owner.user_id);
}
