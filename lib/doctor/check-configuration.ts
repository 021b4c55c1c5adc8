import { type ConfigProblem, type Environment, inspectConfig } from '@/lib/config';
import { VARIABLES } from '@/lib/config-variables';
import { type Finding, fine, type Symptom, trouble } from './finding';

const SYMPTOMS: Record<string, Symptom> = {
  SUPABASE_JWT_SECRET: 'JWT signature is invalid',
  SUPABASE_JWT_SECRET_PREVIOUS: 'JWT signature is invalid',
  SUPABASE_ISSUER: 'issuer mismatch',
  SUPABASE_URL: 'issuer mismatch',
  SUPABASE_ANON_KEY: '401 invalid token',
  PANDASTACK_AUTH_MODE: 'Dashboard has Supabase config but API still accepts local token',
  NEXT_PUBLIC_PANDASTACK_AUTH_MODE: 'Dashboard has Supabase config but API still accepts local token',
};
/** More letters apart than this, and a name is no slip of the other. */
const FARTHEST = 4;

/** What a start would refuse, and what it would silently not read. */
export function checkConfiguration(env: Environment): Finding[] {
  // A value that cannot be read is not missing, too.
  const told = inspectConfig(env).problems.filter(({ variable, problem }) => problem !== 'is missing' || !env[variable]);
  const problems = told.map(asFinding);
  const found = [...problems, ...unknownNames(env), ...forgottenMode(env), ...differences(env)];
  return found.length > 0 ? found : [fine('config', 'every variable can be used')];
}

function asFinding({ variable, problem, fix }: ConfigProblem): Finding {
  const symptom = SYMPTOMS[variable];
  return trouble(`config.${variable}`, 'fail', {
    seen: `${variable} ${problem}`,
    expected: 'a value the service can start with',
    fix,
    ...(symptom && { symptom }),
  });
}

function unknownNames(env: Environment): Finding[] {
  const known = new Set(VARIABLES);
  const names = Object.keys(env).filter((name) => name.startsWith('PANDASTACK_') && !known.has(name));
  return names.map((name) => {
    const [nearest] = VARIABLES.map((other) => ({ other, far: distance(name, other) })).sort((a, b) => a.far - b.far);
    const meant = nearest && nearest.far <= FARTHEST ? nearest.other : null;
    return trouble(`config.unknown.${name}`, 'warn', {
      seen: `${name} is set, and this service reads no variable of that name`,
      expected: meant ? `${meant}, the nearest known name` : 'a name from .env.example',
      fix: meant ? `Rename ${name} to ${meant}` : `Remove ${name}, if no other program reads it`,
    });
  });
}

/** Stub mode beside a Supabase project: whoever wrote that wanted people to sign in. */
function forgottenMode(env: Environment): Finding[] {
  if (env.PANDASTACK_AUTH_MODE !== 'stub' || !env.SUPABASE_URL) return [];
  return [
    trouble('mode.stub', 'fail', {
      seen: 'PANDASTACK_AUTH_MODE is stub although SUPABASE_URL names a project: pds_local_dev_token opens the API',
      expected: 'PANDASTACK_AUTH_MODE=supabase',
      fix: 'Set the mode on the API and start it again; or remove the SUPABASE_ variables from a machine of one developer',
      command: 'PANDASTACK_AUTH_MODE=supabase',
      symptom: 'Dashboard has Supabase config but API still accepts local token',
    }),
  ];
}

function differences(env: Environment): Finding[] {
  const pairs = [
    ['NEXT_PUBLIC_SUPABASE_ANON_KEY', env.SUPABASE_ANON_KEY],
    ['NEXT_PUBLIC_SUPABASE_URL', env.SUPABASE_PUBLIC_URL ?? env.SUPABASE_URL],
  ] as const;
  return pairs
    .filter(([name, server]) => env[name] && server && env[name]?.replace(/\/+$/, '') !== server.replace(/\/+$/, ''))
    .map(([name, server]) =>
      trouble(`config.differs.${name}`, 'warn', {
        seen: `${name} differs from what the API is configured with${origins(env[name], server)}`,
        expected: 'dashboard and API of one project',
        fix: `Remove ${name}: the dashboard takes the value of the API`,
        symptom: 'issuer mismatch',
      }),
    );
}

/** Addresses are told, keys are not. */
function origins(dashboard: string | undefined, server: string | undefined): string {
  const [left, right] = [URL.parse(dashboard ?? ''), URL.parse(server ?? '')];
  return left && right ? `: ${left.origin} here, ${right.origin} there` : '';
}

/** Levenshtein's: letters to add, drop or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
