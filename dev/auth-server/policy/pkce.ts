import { createHash } from 'node:crypto';
import { badRequest } from '../auth-error';
import { type Database, isOlderThan } from '../store/database';
import { type FlowState, insertFlowState } from '../store/flow-states';

const CHALLENGE = /^[a-zA-Z0-9._~-]+$/;
const MINIMUM_LENGTH = 43;
const MAXIMUM_LENGTH = 128;
export const PKCE_PREFIX = 'pkce_';

export interface CodeChallenge {
  code_challenge: string;
  code_challenge_method: string;
}

/** Throws validation_failed (400) for half a pair or a malformed challenge; none at all means the implicit flow. */
export function checkCodeChallenge({ code_challenge: challenge, code_challenge_method: method }: CodeChallenge): void {
  if ((challenge === '') !== (method === '')) {
    throw badRequest('validation_failed', 'PKCE flow requires code_challenge_method and code_challenge');
  }
  if (challenge === '') return;
  if (challenge.length < MINIMUM_LENGTH || challenge.length > MAXIMUM_LENGTH) {
    const range = `${MINIMUM_LENGTH} and ${MAXIMUM_LENGTH}`;
    throw badRequest('validation_failed', `code challenge has to be between ${range} characters`);
  }
  if (CHALLENGE.test(challenge)) return;
  throw badRequest(
    'validation_failed',
    'code challenge can only contain alphanumeric characters, hyphens, periods, underscores and tildes',
  );
}

/** Remembers the challenge for the link that will be mailed; does nothing in the implicit flow. */
export function startFlow(db: Database, userId: string, method: string, challenge: CodeChallenge): void {
  if (!challenge.code_challenge) return;
  // Supabase answers this with a 500 as well.
  if (!isKnownMethod(challenge.code_challenge_method)) throw new Error('unsupported code_challenge method');
  insertFlowState(db, { user_id: userId, authentication_method: method, ...normalizeChallenge(challenge) });
}

const isKnownMethod = (method: string): boolean => ['s256', 'plain'].includes(method.toLowerCase());

/** The pair as it is stored; nothing of it in the implicit flow. Throws validation_failed (400) for an unknown method. */
export function normalizeChallenge({ code_challenge, code_challenge_method }: CodeChallenge): CodeChallenge {
  if (!code_challenge) return { code_challenge: '', code_challenge_method: '' };
  if (!isKnownMethod(code_challenge_method)) throw badRequest('validation_failed', 'Invalid code_challenge_method');
  return { code_challenge, code_challenge_method: code_challenge_method.toLowerCase() };
}

/** A token that leads back into the PKCE flow says so in its own text. */
export function withFlowPrefix(token: string, challenge: CodeChallenge): string {
  return challenge.code_challenge ? `${PKCE_PREFIX}${token}` : token;
}

export function isFlowExpired(flow: FlowState, lifetimeSeconds: number): boolean {
  // Only a magic link counts from the moment it was opened.
  const opened = flow.authentication_method === 'magiclink' ? flow.auth_code_issued_at : null;
  return isOlderThan(opened ?? flow.created_at, lifetimeSeconds);
}

/** Throws bad_code_verifier (400). */
export function checkCodeVerifier(flow: FlowState, verifier: string): void {
  const actual = flow.code_challenge_method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  if (actual === flow.code_challenge) return;
  throw badRequest('bad_code_verifier', 'code challenge does not match previously saved code verifier');
}
