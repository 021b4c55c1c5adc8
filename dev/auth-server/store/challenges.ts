import { z } from 'zod';
import { type Database, timestamp } from './database';

const challengeRow = z.object({
  id: z.string(),
  factor_id: z.string(),
  ip_address: z.string(),
  verified_at: z.string().nullable(),
  created_at: z.string(),
});

export type Challenge = z.output<typeof challengeRow>;

export function insertChallenge(db: Database, factorId: string, ipAddress: string): Challenge {
  const row = db
    .prepare('INSERT INTO mfa_challenges (id, factor_id, ip_address, created_at) VALUES (?, ?, ?, ?) RETURNING *')
    .get(crypto.randomUUID(), factorId, ipAddress, timestamp());
  return challengeRow.parse(row);
}

export function findChallenge(db: Database, factorId: string, id: string): Challenge | undefined {
  const row = db.prepare('SELECT * FROM mfa_challenges WHERE factor_id = ? AND id = ?').get(factorId, id.toLowerCase());
  return challengeRow.optional().parse(row);
}

export function markChallengeVerified(db: Database, challenge: Challenge): void {
  db.prepare('UPDATE mfa_challenges SET verified_at = ? WHERE id = ?').run(timestamp(), challenge.id);
}

export function deleteChallenge(db: Database, challenge: Challenge): void {
  db.prepare('DELETE FROM mfa_challenges WHERE id = ?').run(challenge.id);
}
