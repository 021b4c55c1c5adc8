import { AuthError } from '../auth-error';
import type { Metadata } from '../read-body';
import { violationsOf } from './token-schema';

export interface HookInput {
  user_id: string;
  claims: Metadata;
  /** The `amr` name of what has just happened; `token_refresh` for a refresh. */
  authentication_method: string;
}

export type HookOutput = { claims: Metadata } | { error: { http_code?: number; message: string } };

/** The Custom Access Token Hook: decides over every claim of every token. */
export type AccessTokenHook = (input: HookInput) => HookOutput | Promise<HookOutput>;

/** The claims to sign. Throws what the hook refused with, and a 500 when its claims do not fit the schema. */
export async function runAccessTokenHook(hook: AccessTokenHook, input: HookInput): Promise<Metadata> {
  const output = await call(hook, input);
  if ('error' in output) throw new HookError(output.error.http_code || 500, output.error.message);
  const violations = violationsOf(output.claims);
  if (violations.length === 0) return output.claims;
  const list = violations.map((violation) => `- ${violation}\n`).join('');
  throw new HookError(500, `output claims do not conform to the expected schema: \n${list}`);
}

async function call(hook: AccessTokenHook, input: HookInput): Promise<HookOutput> {
  try {
    return await hook(structuredClone(input));
  } catch (error) {
    console.error('development auth server: the access token hook failed', error);
    return { error: { message: 'Error running hook URI: hook' } };
  }
}

/** Refusals of a hook come without a code of their own. */
class HookError extends AuthError {
  constructor(status: number, message: string) {
    super(status as AuthError['status'], status === 500 ? 'unexpected_failure' : 'unknown', message);
  }
}
