import type { Session } from '@supabase/supabase-js';
import { Secret, TOTP } from 'otpauth';
import { type Answer, call } from './raw-call';
import type { Target } from './target';

interface Enrolled {
  id: string;
  secret: string;
}

/** What an authenticator app shows; `halfMinutes` away from now. */
export function codeOf(secret: string, halfMinutes = 0): string {
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: Date.now() + halfMinutes * 30_000 });
}

export async function enrol(target: Target, token: string, name = 'Phone'): Promise<Enrolled> {
  const { json } = await call(target, 'POST /factors', { token, body: { factor_type: 'totp', friendly_name: name } });
  return { id: json.id, secret: json.totp.secret };
}

/** Challenges the factor and answers with the current code. */
export async function verify(target: Target, token: string, { id, secret }: Enrolled): Promise<Answer> {
  const challenge = await call(target, `POST /factors/${id}/challenge`, { token });
  return call(target, `POST /factors/${id}/verify`, { token, body: { challenge_id: challenge.json.id, code: codeOf(secret) } });
}

/** Enrols and verifies: the session becomes aal2. */
export async function raise(target: Target, token: string, name = 'Phone'): Promise<Enrolled & { session: Session }> {
  const factor = await enrol(target, token, name);
  return { ...factor, session: (await verify(target, token, factor)).json };
}
