import type { Context } from 'hono';
import { badRequest, notFound } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { checkCodeChallenge, normalizeChallenge } from '../policy/pkce';
import { resolveRedirect } from '../policy/redirect-url';
import { insertFlowState } from '../store/flow-states';
import { hasOneTimeToken } from '../store/one-time-tokens';
import type { User } from '../store/users';
import { PROVIDERS, STAND_INS } from './providers';

/** What the server itself says to a provider; a client cannot say it in its place. */
const RESERVED = [
  'client_id',
  'client_secret',
  'redirect_uri',
  'response_type',
  'state',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
];

/** Remembers the flow and returns the provider's address to go to. With `linkTo`, the provider will be added to that user. */
export function startAuthorization(server: AuthServerContext, c: Context, linkTo?: User): string {
  const { provider = '', scopes = '', invite_token: inviteToken = '', ...query } = c.req.query();
  const standIn = requireProvider(server, provider);
  if (inviteToken && !hasOneTimeToken(server.db, inviteToken, 'confirmation_token')) {
    throw notFound('user_not_found', 'User identified by token not found');
  }
  const { code_challenge = '', code_challenge_method = '' } = query;
  checkCodeChallenge({ code_challenge, code_challenge_method });
  const flow = insertFlowState(server.db, {
    ...normalizeChallenge({ code_challenge, code_challenge_method }),
    provider_type: provider,
    authentication_method: 'oauth',
    referrer: resolveRedirect(server.config, c),
    invite_token: inviteToken,
    linking_target_id: linkTo?.id ?? null,
  });
  const passedOn = Object.entries(query).filter(([name]) => !RESERVED.includes(name.toLowerCase()));
  const parameters = new URLSearchParams([
    ...passedOn,
    ...(inviteToken ? [['invite_token', inviteToken]] : []),
    ['client_id', 'stand-in'],
    ['redirect_uri', `${server.publicUrl}/auth/v1/callback`],
    ['response_type', 'code'],
    ['scope', [standIn.scope, ...scopes.split(',')].filter(Boolean).join(' ')],
    ['state', flow.id],
  ]);
  parameters.sort();
  return `${server.publicUrl}/stand-in/${provider.toLowerCase()}/login/oauth/authorize?${parameters}`;
}

function requireProvider({ config }: AuthServerContext, provider: string): { scope: string } {
  const name = provider.toLowerCase();
  const standIn = STAND_INS[name];
  if (standIn && config.externalProviders.some((enabled) => enabled === name)) return standIn;
  const reason = PROVIDERS.includes(name) ? 'provider is not enabled' : `Provider ${name} could not be found`;
  throw badRequest('validation_failed', `Unsupported provider: ${reason}`);
}
