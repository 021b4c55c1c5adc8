import { badRequest, notFound, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { isUuid } from '../authenticate';
import { signInExternally } from '../external/sign-in-externally';
import { codeLocation, tokenLocation } from '../policy/redirect-location';
import { isRedirectAllowed } from '../policy/redirect-url';
import { type IssuedSession, issueSession, signSession } from '../sessions/issue-session';
import { inTransaction, isOlderThan } from '../store/database';
import { findFlowState, updateFlowState } from '../store/flow-states';
import { type RelayState, takeRelayState } from '../store/relay-states';
import { readAssertion } from './assertion';

export interface IdentityProviderAnswer {
  relayState: string;
  response: string;
  aud: string;
}

/** Signs in whom the identity provider named and returns where the browser goes next, with a code or with tokens. */
export async function acceptAssertion(server: AuthServerContext, answer: IdentityProviderAnswer): Promise<string> {
  const relay = takeRelay(server, answer);
  const profile = readAssertion(answer.response);
  const flow = findFlowState(server.db, relay.flow_state_id);
  const isPkce = Boolean(flow?.code_challenge);
  const session = inTransaction(server.db, () => {
    const visitor = { provider: `sso:${relay.sso_provider_id}`, aud: answer.aud, profile };
    const user = signInExternally(server, visitor, server.config.siteUrl);
    if (user instanceof Error) return user;
    if (flow && isPkce) updateFlowState(server.db, flow, { user_id: user.id });
    // In the PKCE flow as well, where nobody ever receives this one: the exchange begins another.
    return issueSession(server.db, user, 'sso/saml');
  });
  if (session instanceof Error) throw session;
  const target = isRedirectAllowed(server.config, relay.redirect_to) ? relay.redirect_to : server.config.siteUrl;
  return isPkce ? codeLocation(target, flow?.auth_code ?? '') : implicitLocation(server, target, session);
}

async function implicitLocation(server: AuthServerContext, target: string, session: IssuedSession): Promise<string> {
  const { expires_in, expires_at, ...tokens } = await signSession(server, session);
  return tokenLocation(target, { ...tokens, expires_in: String(expires_in), expires_at: String(expires_at) });
}

function takeRelay({ db, config }: AuthServerContext, { relayState, response }: IdentityProviderAnswer): RelayState {
  if (!isUuid(relayState)) throw notStartedHere(relayState, response);
  const relay = takeRelayState(db, relayState);
  if (!relay) throw notFound('saml_relay_state_not_found', 'SAML RelayState does not exist, try logging in again?');
  if (isOlderThan(relay.created_at, config.relayStateLifetimeSeconds)) {
    throw unprocessable('saml_relay_state_expired', 'SAML RelayState has expired. Try logging in again?');
  }
  return relay;
}

/** A stand-in never begins by itself, so an answer without our state is refused like one from a stranger. */
function notStartedHere(relayState: string, response: string) {
  if (relayState && !URL.canParse(relayState) && !relayState.startsWith('/')) {
    return badRequest('validation_failed', 'SAML RelayState is not a valid UUID or URL');
  }
  if (!response) return badRequest('validation_failed', 'SAMLResponse is missing');
  return badRequest('validation_failed', 'SAMLResponse is not a valid XML SAML assertion');
}
