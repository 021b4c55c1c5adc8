import { z } from 'zod';
import { type Database, timestamp } from './database';

const factorRow = z.object({
  id: z.string(),
  user_id: z.string(),
  friendly_name: z.string(),
  factor_type: z.string(),
  status: z.enum(['unverified', 'verified']),
  secret: z.string(),
  last_challenged_at: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});

export type Factor = z.output<typeof factorRow>;

/** How long an enrolment that was never tried keeps its place. */
const ABANDONED_AFTER_SECONDS = 300;

export function insertTotpFactor(db: Database, factor: Pick<Factor, 'user_id' | 'friendly_name' | 'secret'>): Factor {
  const now = timestamp();
  const row = db
    .prepare(
      `INSERT INTO mfa_factors (id, user_id, friendly_name, factor_type, status, secret, created_at, updated_at)
       VALUES (?, ?, ?, 'totp', 'unverified', ?, ?, ?) RETURNING *`,
    )
    .get(crypto.randomUUID(), factor.user_id, factor.friendly_name, factor.secret, now, now);
  return factorRow.parse(row);
}

export function listFactors(db: Database, userId: string): Factor[] {
  const rows = db.prepare('SELECT * FROM mfa_factors WHERE user_id = ? ORDER BY created_at, rowid').all(userId);
  return rows.map((row) => factorRow.parse(row));
}

export const hasVerifiedFactor = (db: Database, userId: string): boolean =>
  listFactors(db, userId).some((factor) => factor.status === 'verified');

export function findFactor(db: Database, userId: string, id: string): Factor | undefined {
  const row = db.prepare('SELECT * FROM mfa_factors WHERE user_id = ? AND id = ?').get(userId, id.toLowerCase());
  return factorRow.optional().parse(row);
}

export function markVerified(db: Database, factor: Factor): void {
  db.prepare(`UPDATE mfa_factors SET status = 'verified', updated_at = ? WHERE id = ?`).run(timestamp(), factor.id);
}

export function renameFactor(db: Database, factor: Factor, friendlyName: string): Factor {
  const row = db
    .prepare('UPDATE mfa_factors SET friendly_name = ?, updated_at = ? WHERE id = ? RETURNING *')
    .get(friendlyName, timestamp(), factor.id);
  return factorRow.parse(row);
}

export function markChallenged(db: Database, factor: Factor): void {
  const now = timestamp();
  db.prepare('UPDATE mfa_factors SET last_challenged_at = ?, updated_at = ? WHERE id = ?').run(now, now, factor.id);
}

export function deleteFactor(db: Database, factor: Factor): void {
  db.prepare('DELETE FROM mfa_factors WHERE id = ?').run(factor.id);
}

export function deleteUnverifiedFactors(db: Database, userId: string): void {
  db.prepare(`DELETE FROM mfa_factors WHERE user_id = ? AND status = 'unverified'`).run(userId);
}

/** Everybody's factors that were never verified nor even challenged. */
export function deleteAbandonedFactors(db: Database): void {
  const before = new Date(Date.now() - ABANDONED_AFTER_SECONDS * 1000).toISOString();
  db.prepare(
    `DELETE FROM mfa_factors WHERE status != 'verified' AND created_at < ?
       AND NOT EXISTS (SELECT 1 FROM mfa_challenges WHERE factor_id = mfa_factors.id)`,
  ).run(before);
}
