import { z } from 'zod';
import { type Database, timestamp } from './database';

const sessionRow = z.object({
  id: z.string(),
  user_id: z.string(),
  aal: z.enum(['aal1', 'aal2']),
  /** The factor that raised this session. */
  factor_id: z.string().nullable(),
  not_after: z.string().nullable(),
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
  const id = crypto.randomUUID();
  const row = db
    .prepare('INSERT INTO sessions (id, user_id, created_at) VALUES (?, ?, ?) RETURNING *')
    .get(id, userId, timestamp());
  addAmr(db, id, method);
  return sessionRow.parse(row);
}

/** Records one more way this session was authenticated; the same way again counts as the latest. */
export function addAmr(db: Database, sessionId: string, method: string): void {
  removeAmr(db, sessionId, method);
  db.prepare('INSERT INTO amr_claims (session_id, method, updated_at) VALUES (?, ?, ?)').run(sessionId, method, timestamp());
}

export function removeAmr(db: Database, sessionId: string, method: string): void {
  db.prepare('DELETE FROM amr_claims WHERE session_id = ? AND method = ?').run(sessionId, method);
}

export function setAssurance(db: Database, sessionId: string, aal: Session['aal'], factorId: string | null): void {
  db.prepare('UPDATE sessions SET aal = ?, factor_id = ? WHERE id = ?').run(aal, factorId, sessionId);
}

export function listSessions(db: Database, userId: string): Session[] {
  const rows = db.prepare('SELECT * FROM sessions WHERE user_id = ?').all(userId);
  return rows.map((row) => sessionRow.parse(row));
}

export function listSessionsOfFactor(db: Database, factorId: string): Session[] {
  const rows = db.prepare('SELECT * FROM sessions WHERE factor_id = ?').all(factorId);
  return rows.map((row) => sessionRow.parse(row));
}

export function deleteUnraisedSessions(db: Database, userId: string): void {
  db.prepare(`DELETE FROM sessions WHERE user_id = ? AND aal < 'aal2'`).run(userId);
}

export function findSession(db: Database, id: string): Session | undefined {
  return sessionRow.optional().parse(db.prepare('SELECT * FROM sessions WHERE id = ?').get(id));
}

/** How this session was authenticated, newest first; within one second the earlier one comes first, as in Supabase. */
export function listAmr(db: Database, sessionId: string): AmrEntry[] {
  const rows = db.prepare('SELECT method, updated_at FROM amr_claims WHERE session_id = ? ORDER BY rowid').all(sessionId);
  const entries = z.array(z.object({ method: z.string(), updated_at: z.string() })).parse(rows);
  return entries
    .map((entry) => ({ method: entry.method, timestamp: Math.floor(Date.parse(entry.updated_at) / 1000) }))
    .sort((a, b) => b.timestamp - a.timestamp);
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
