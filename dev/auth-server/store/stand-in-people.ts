import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Database } from './database';

const personRow = z.object({
  id: z.number(),
  provider: z.string(),
  email: z.string(),
  name: z.string(),
  email_verified: z.number().transform(Boolean),
});

/** Somebody with an account at a stand-in provider. */
export type StandInPerson = z.output<typeof personRow>;
export type StandInProfile = Omit<StandInPerson, 'id'>;

/** The same address at the same provider is the same person, whatever else is typed. */
export function putPerson(db: Database, { provider, email, name, email_verified }: StandInProfile): StandInPerson {
  const row = db
    .prepare(
      `INSERT INTO stand_in_people (provider, email, name, email_verified) VALUES (?, ?, ?, ?)
       ON CONFLICT (provider, email) DO UPDATE SET name = excluded.name, email_verified = excluded.email_verified RETURNING *`,
    )
    .get(provider, email, name, Number(email_verified));
  return personRow.parse(row);
}

/** The latest first. */
export function listPeople(db: Database, provider: string): StandInPerson[] {
  const rows = db.prepare('SELECT * FROM stand_in_people WHERE provider = ? ORDER BY id DESC LIMIT 10').all(provider);
  return rows.map((row) => personRow.parse(row));
}

/** A code or an access token that stands for this person. */
export function grantAccess(db: Database, person: StandInPerson): string {
  const secret = randomBytes(20).toString('hex');
  db.prepare('INSERT INTO stand_in_grants (secret, person_id) VALUES (?, ?)').run(secret, person.id);
  return secret;
}

export function findGranted(db: Database, provider: string, secret: string): StandInPerson | undefined {
  const row = db
    .prepare(
      'SELECT p.* FROM stand_in_people p JOIN stand_in_grants g ON g.person_id = p.id WHERE p.provider = ? AND g.secret = ?',
    )
    .get(provider, secret);
  return personRow.optional().parse(row);
}

/** Uses a code up; the answer carries the access token it was good for. */
export function exchangeCode(
  db: Database,
  provider: string,
  code: string,
): { person: StandInPerson; accessToken: string } | undefined {
  const person = findGranted(db, provider, code);
  if (!person) return undefined;
  db.prepare('DELETE FROM stand_in_grants WHERE secret = ?').run(code);
  return { person, accessToken: grantAccess(db, person) };
}
