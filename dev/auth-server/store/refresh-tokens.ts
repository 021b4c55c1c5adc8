import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { type Database, timestamp } from './database';

const refreshTokenRow = z.object({
  id: z.number(),
  token: z.string(),
  session_id: z.string(),
  parent: z.string().nullable(),
  revoked: z.number().transform(Boolean),
  updated_at: z.string(),
});

export type RefreshToken = z.output<typeof refreshTokenRow>;

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
export const REFRESH_TOKEN_PATTERN = /^[a-z0-9]{12}$/;

export function insertRefreshToken(db: Database, sessionId: string, parent: string | null = null): RefreshToken {
  const token = Array.from({ length: 12 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  const row = db
    .prepare('INSERT INTO refresh_tokens (token, session_id, parent, updated_at) VALUES (?, ?, ?, ?) RETURNING *')
    .get(token, sessionId, parent, timestamp());
  return refreshTokenRow.parse(row);
}

export function findRefreshToken(db: Database, token: string): RefreshToken | undefined {
  return refreshTokenRow.optional().parse(db.prepare('SELECT * FROM refresh_tokens WHERE token = ?').get(token));
}

/** The last issued token of a session that has not been used. */
export function findActiveRefreshToken(db: Database, sessionId: string): RefreshToken | undefined {
  const row = db
    .prepare('SELECT * FROM refresh_tokens WHERE session_id = ? AND revoked = 0 ORDER BY id DESC LIMIT 1')
    .get(sessionId);
  return refreshTokenRow.optional().parse(row);
}

export function revokeRefreshToken(db: Database, token: RefreshToken): void {
  db.prepare('UPDATE refresh_tokens SET revoked = 1, updated_at = ? WHERE id = ?').run(timestamp(), token.id);
}

export function revokeTokenFamily(db: Database, sessionId: string): void {
  db.prepare('UPDATE refresh_tokens SET revoked = 1, updated_at = ? WHERE session_id = ? AND revoked = 0').run(
    timestamp(),
    sessionId,
  );
}
