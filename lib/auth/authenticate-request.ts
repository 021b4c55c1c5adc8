import { config } from '@/lib/config';
import { DomainError } from '@/lib/errors';
import { withSpan } from '@/lib/tracing/with-span';
import { verifyAccessToken } from './access-token';
import type { Actor, RequestOrigin, UserActor } from './actor';
import { authenticateApiToken } from './api-token';
import { authenticateOidcToken } from './authenticate-oidc';
import { limitFailures } from './limit-failures';
import { noteRefusal } from './note-refusal';
import { type RequestHead, requestOrigin } from './request-origin';
import { traceActor, traceRefusal } from './request-trace';
import { foreignHost, isForeignHost, LOCAL_TOKEN, stubUser } from './stub-mode';

const BEARER = /^Bearer +(\S+) *$/i;

const ACTOR = Symbol('actor');

/**
 * Who is calling /v1; found out once for a request. Reads the Authorization header and nothing else: no cookie, no query string.
 * Throws DomainError.
 */
export function authenticateRequest(request: RequestHead & { [ACTOR]?: Promise<Actor> }): Promise<Actor> {
  request[ACTOR] ??= withSpan('verify', {}, () => authenticate(request));
  return request[ACTOR];
}

async function authenticate(request: RequestHead): Promise<Actor> {
  const origin = requestOrigin(request);
  try {
    const credential = readBearer(request.headers.get('authorization'));
    if (isForeignHost(request.headers.get('host'))) throw foreignHost();
    const actor = await authenticateCredential(credential, origin);
    traceActor(actor);
    return actor;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    noteRefusal(error, origin);
    traceRefusal(origin, error);
    throw await limitFailures(error, origin.ip);
  }
}

/** A person by their access token: the rule pages share with the API. Throws DomainError. */
export async function authenticateUser(accessToken: string, origin: RequestOrigin): Promise<UserActor> {
  if (config().mode === 'oidc') return authenticateOidcToken(accessToken, origin);
  const { userId, email, sessionId, aal } = await verifyAccessToken(accessToken);
  return { type: 'user', userId, email, authMethod: 'jwt', sessionId, aal, accessToken, origin };
}

function readBearer(header: string | null): string {
  const credential = header === null ? undefined : BEARER.exec(header)?.[1];
  if (credential) return credential;
  const empty = header === null || /^Bearer *$/i.test(header);
  throw new DomainError(empty ? 'missing_token' : 'invalid_token', 'This request carries no usable credential', {
    hint: 'Send "Authorization: Bearer <access token or pds_… API token>".',
  });
}

/** Who a credential of the Authorization header speaks for on this server. Tells no log of its refusal. Throws DomainError. */
export async function authenticateCredential(credential: string, origin: RequestOrigin): Promise<Actor> {
  if (config().mode === 'stub') return authenticateInStubMode(credential, origin);
  if (credential === LOCAL_TOKEN) {
    throw new DomainError('local_token_refused', 'The local development token works in stub mode only', {
      hint: 'Sign in, or mint an API token.',
    });
  }
  if (credential.startsWith('sb_')) {
    throw new DomainError('api_key_used', "This is a key of the project, not a person's access token", {
      hint: 'Keys beginning with sb_ go into the apikey header of Supabase; send the access_token of the signed-in session here.',
    });
  }
  return credential.startsWith('pds_') ? authenticateApiToken(credential, origin) : authenticateUser(credential, origin);
}

async function authenticateInStubMode(credential: string, origin: RequestOrigin): Promise<Actor> {
  if (credential === LOCAL_TOKEN) return stubUser(origin);
  if (credential.startsWith('pds_')) return authenticateApiToken(credential, origin);
  throw new DomainError('invalid_token', 'Stub mode knows the local development token only', {
    hint: `Send "Authorization: Bearer ${LOCAL_TOKEN}".`,
  });
}
