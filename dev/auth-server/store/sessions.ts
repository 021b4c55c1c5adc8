import { z } from 'zod';
import { type Database, timestamp } from './database';

const sessionRow = z.object({
  id: z.string(),
  user_id: z.string(),
  created_at: z.string(),
  refreshed_at: z.string().nullable(),
});

export type Session = z.output<typeof sessionRow>;

export interface AmrEntry {
  method: string;
  /** Seconds since 1970. */
  timestamp: number;
}

export function insertSession(db: Database, userId: string, method: string): Session {
  const now = timestamp();
  const id = crypto.randomUUID();
  const row = db.prepare('INSERT INTO sessions (id, user_id, created_at) VALUES (?, ?, ?) RETURNING *').get(id, userId, now);
  db.prepare('INSERT INTO amr_claims (session_id, method, updated_at) VALUES (?, ?, ?)').run(id, method, now);
  return sessionRow.parse(row);
}

export function findSession(db: Database, id: string): Session | undefined {
  return sessionRow.optional().parse(db.prepare('SELECT * FROM sessions WHERE id = ?').get(id));
}

/** How this session was authenticated, newest first. */
export function listAmr(db: Database, sessionId: string): AmrEntry[] {
  const rows = db
    .prepare('SELECT method, updated_at FROM amr_claims WHERE session_id = ? ORDER BY updated_at DESC')
    .all(sessionId);
  const entries = z.array(z.object({ method: z.string(), updated_at: z.string() })).parse(rows);
  return entries.map((entry) => ({ method: entry.method, timestamp: Math.floor(Date.parse(entry.updated_at) / 1000) }));
}

export function markRefreshed(db: Database, sessionId: string): void {
  db.prepare('UPDATE sessions SET refreshed_at = ? WHERE id = ?').run(timestamp(), sessionId);
}

export function deleteSession(db: Database, id: string): void {
  db.prepare('DELETE FROM sessions WHERE id = ?').run(id);
}

export function deleteAllSessions(db: Database, userId: string): void {
  db.prepare('DELETE FROM sessions WHERE user_id = ?').run(userId);
}

export function deleteOtherSessions(db: Database, userId: string, keptId: string): void {
  db.prepare('DELETE FROM sessions WHERE user_id = ? AND id != ?').run(userId, keptId);
}
