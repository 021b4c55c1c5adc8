import type { Config, Environment } from '@/lib/config';

/** A chapter of "Troubleshooting" in the guide to Supabase auth. */
export type Symptom =
  | '401 invalid token'
  | 'JWT signature is invalid'
  | 'issuer mismatch'
  | 'User signs in but sees no organization'
  | 'RLS errors in Supabase'
  | 'Dashboard has Supabase config but API still accepts local token'
  | 'Invitations do not work';

export interface Finding {
  id: string;
  status: 'ok' | 'warn' | 'fail' | 'skipped';
  /** What was seen: never a secret. */
  seen: string;
  expected: string;
  fix: string | null;
  /** A command or SQL that does it. */
  command: string | null;
  symptom: Symptom | null;
}

/** What the checks look at. */
export interface Patient {
  env: Environment;
  config: Config;
}

export type Check = (patient: Patient) => Promise<Finding[]>;

/** A finding that needs nobody. */
export function fine(id: string, seen: string): Finding {
  return { id, status: 'ok', seen, expected: seen, fix: null, command: null, symptom: null };
}

/** A check that could not be made, and why. */
export function skipped(id: string, why: string): Finding {
  return { ...fine(id, why), status: 'skipped' };
}

/** A finding somebody has to act on. */
export function trouble(
  id: string,
  status: 'warn' | 'fail',
  words: { seen: string; expected: string; fix: string; command?: string; symptom?: Symptom },
): Finding {
  return { id, status, command: null, symptom: null, ...words };
}
