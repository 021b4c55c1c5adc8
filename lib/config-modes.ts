import type { ConfigProblem } from './config';
import { supabaseProblems } from './config-supabase';
import type { Variables } from './config-variables';

/** What each sign-in mode asks of the variables together. */
export function modeProblems(env: Partial<Variables>): ConfigProblem[] {
  if (env.PANDASTACK_AUTH_MODE === 'stub') return stubProblems(env);
  if (env.PANDASTACK_AUTH_MODE !== 'supabase') return [];
  const problems = supabaseProblems(env);
  if (!env.PANDASTACK_DASHBOARD_URL) {
    problems.push({
      variable: 'PANDASTACK_DASHBOARD_URL',
      problem: 'is missing',
      fix: 'Set it to the address people open in the browser, such as https://dashboard.example.com',
    });
  }
  if (env.NEXT_PUBLIC_PANDASTACK_AUTH_MODE && env.NEXT_PUBLIC_PANDASTACK_AUTH_MODE !== env.PANDASTACK_AUTH_MODE) {
    problems.push({
      variable: 'NEXT_PUBLIC_PANDASTACK_AUTH_MODE',
      problem: 'differs from PANDASTACK_AUTH_MODE',
      fix: 'Remove it: the dashboard takes the mode of the API',
    });
  }
  return problems;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

function stubProblems(env: Partial<Variables>): ConfigProblem[] {
  if (env.PANDASTACK_ALLOW_INSECURE_STUB === 'yes-i-know') return [];
  const fix = 'Stub mode has no sign-in and belongs on loopback; use PANDASTACK_AUTH_MODE=supabase on a shared machine';
  const problems: ConfigProblem[] = [];
  if (env.HOSTNAME && !LOOPBACK.has(env.HOSTNAME))
    problems.push({ variable: 'HOSTNAME', problem: 'is not a loopback address in stub mode', fix });
  const dashboard = env.PANDASTACK_DASHBOARD_URL;
  if (dashboard && !LOOPBACK.has(new URL(dashboard).hostname)) {
    problems.push({ variable: 'PANDASTACK_DASHBOARD_URL', problem: 'is not a loopback address in stub mode', fix });
  }
  return problems;
}
