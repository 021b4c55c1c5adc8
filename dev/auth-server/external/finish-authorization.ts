import { AuthError, badRequest, unprocessable } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { isUuid } from '../authenticate';
import { isFlowExpired } from '../policy/pkce';
import { codeLocation, tokenLocation } from '../policy/redirect-location';
import { type IssuedSession, issueSession, signSession } from '../sessions/issue-session';
import { inTransaction, timestamp } from '../store/database';
import { deleteFlowState, type FlowState, findFlowState, updateFlowState } from '../store/flow-states';
import { exchangeCode } from '../store/stand-in-people';
import { findUserById, type User } from '../store/users';
import { acceptInvitation } from './accept-invitation';
import type { Visitor } from './find-account';
import { linkIdentity } from './link-identity';
import { profileOf } from './providers';
import { signInExternally } from './sign-in-externally';

/** The flow a provider's answer belongs to. Throws bad_oauth_state (400) and the like. */
export function loadFlow({ db, config }: AuthServerContext, state: string): FlowState {
  if (!state) throw badRequest('bad_oauth_callback', 'OAuth state parameter missing');
  if (!isUuid(state)) throw badRequest('bad_oauth_state', 'OAuth state parameter is invalid');
  const flow = findFlowState(db, state.toLowerCase());
  if (!flow) throw badRequest('bad_oauth_state', 'OAuth state not found or expired');
  if (isFlowExpired(flow, config.flowStateLifetimeSeconds)) throw badRequest('bad_oauth_state', 'OAuth state has expired');
  if (flow.code_challenge && flow.user_id) throw badRequest('flow_state_already_used', 'State has already been used');
  if (flow.linking_target_id && !findUserById(db, flow.linking_target_id)) {
    throw unprocessable('user_not_found', 'Linking target user not found');
  }
  return flow;
}

export interface ProviderAnswer {
  flow: FlowState;
  code: string;
  aud: string;
  /** Where a confirmation mail, if one is due, leads. */
  confirmationRedirect: string;
}

/** Exchanges the provider's code and returns where the browser goes next, with a code or with tokens. */
export async function finishAuthorization(server: AuthServerContext, answer: ProviderAnswer): Promise<string> {
  const { flow, code } = answer;
  if (!code) throw badRequest('bad_oauth_callback', 'OAuth callback with missing authorization code missing');
  const name = flow.provider_type.toLowerCase();
  const exchanged = exchangeCode(server.db, name, code);
  if (!exchanged) throw new AuthError(500, 'unexpected_failure', `Unable to exchange external code: ${code.slice(0, 4)}`);
  const visitor: Visitor = { provider: flow.provider_type, aud: answer.aud, profile: profileOf(name, exchanged.person) };
  const session = inTransaction(server.db, () => {
    const user = identify(server, answer, visitor);
    return user instanceof Error ? user : handOver(server, flow, { user, accessToken: exchanged.accessToken });
  });
  if (session instanceof Error) throw session;
  if (!session) return codeLocation(flow.referrer, flow.auth_code ?? '');
  const { expires_in, expires_at, ...tokens } = await signSession(server, session);
  return tokenLocation(flow.referrer, {
    ...tokens,
    expires_in: String(expires_in),
    expires_at: String(expires_at),
    provider_token: exchanged.accessToken,
  });
}

function identify(server: AuthServerContext, { flow, confirmationRedirect }: ProviderAnswer, visitor: Visitor): User | AuthError {
  const linkTo = flow.linking_target_id ? findUserById(server.db, flow.linking_target_id) : undefined;
  if (linkTo) return linkIdentity(server, { user: linkTo, visitor, redirectTo: confirmationRedirect });
  if (flow.invite_token) return acceptInvitation(server, flow.invite_token, visitor);
  return signInExternally(server, visitor, confirmationRedirect);
}

interface Arrival {
  user: User;
  accessToken: string;
}

/** In the PKCE flow the session waits for the code to be exchanged; otherwise it begins here. */
function handOver({ db }: AuthServerContext, flow: FlowState, { user, accessToken }: Arrival): IssuedSession | undefined {
  if (!flow.code_challenge) {
    deleteFlowState(db, flow);
    return issueSession(db, user, 'oauth');
  }
  updateFlowState(db, flow, { user_id: user.id, provider_access_token: accessToken, auth_code_issued_at: timestamp() });
  return undefined;
}
