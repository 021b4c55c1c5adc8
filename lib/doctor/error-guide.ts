import type { ErrorCode } from '@/lib/errors';

interface Advice {
  /** What it means, as one half of a sentence. */
  means: string;
  /** What whoever meets it should do. */
  fix: string;
}

const advice = (means: string, fix: string): Advice => ({ means, fix });
const NEW_TOKEN = 'Mint a new one on the tokens page of the organization';
const REFRESH = 'Refresh the session, or sign in again';
const ASK_OWNER = 'Ask an owner or admin of the organization';
const ASK_INVITE = 'Ask whoever invited you for a new invite';
const WAIT = 'Wait as long as Retry-After says, then try again';
const LOOK_AGAIN = 'Check the id in the path; what was removed is told the same way';

/** What each refusal means to whoever reads its code, and what to do. */
export const ERROR_GUIDE: Record<ErrorCode, Advice> = {
  invalid_json: advice('the body is not JSON', 'Send JSON in UTF-8 with content-type: application/json'),
  validation_failed: advice('the input breaks a rule', 'The answer names each field and its rule under fields'),
  missing_token: advice(
    'the request has no credential',
    'Send Authorization: Bearer with an access token or an API token; cookies and query strings are not read',
  ),
  invalid_token: advice(
    'this is no access token, or one of a kind that is not accepted',
    'Send the access_token of the signed-in session, whole and without quotes',
  ),
  invalid_signature: advice(
    'no key of the project signed this token',
    'Make SUPABASE_JWT_SECRET exactly the JWT secret of the project; after a rotation restart the API and sign in again',
  ),
  token_expired: advice('the access token has expired', REFRESH),
  token_not_yet_valid: advice('the token is from the future', 'Let both machines take their time from the network'),
  issuer_mismatch: advice(
    'another project issued the token',
    'Give dashboard and API the same project: SUPABASE_URL and NEXT_PUBLIC_SUPABASE_URL',
  ),
  wrong_audience: advice(
    'the token was issued for another audience',
    'Remove SUPABASE_AUDIENCE, or set it to what the token says',
  ),
  wrong_role: advice(
    'the role of the token is not authenticated',
    'Send the access_token of a signed-in person; look whether an access token hook changes the role',
  ),
  anon_key_used: advice(
    'the anon key was sent where the token of a person belongs',
    'Send session.access_token: the anon key identifies the app, the access token the signed-in person',
  ),
  service_key_used: advice(
    'the service-role key was sent where the token of a person belongs',
    'Send session.access_token, and rotate the service-role key if a browser held it',
  ),
  api_key_used: advice(
    'a key that begins with sb_ was sent where the token of a person belongs',
    'Send session.access_token; sb_ keys go into the apikey header of Supabase',
  ),
  local_token_refused: advice(
    'this token is of stub mode, and people sign in here',
    'Sign in, or mint an API token; for a machine of one developer set PANDASTACK_AUTH_MODE=stub',
  ),
  client_token_not_allowed: advice(
    'the token was issued to a third-party OAuth application',
    'Send an API token from that application',
  ),
  invalid_api_token: advice('the API token is unknown, revoked, or its creator has left the organization', NEW_TOKEN),
  api_token_expired: advice(
    'the API token has expired, or was rotated',
    `${NEW_TOKEN}, or send the secret shown at its rotation`,
  ),
  session_revoked: advice('the session was signed out at the auth server', 'Sign in again'),
  forbidden: advice('your role does not allow this', ASK_OWNER),
  token_not_allowed: advice('API tokens never do this', 'Sign in as a person'),
  email_mismatch: advice('the invite is for another address', 'Sign in with the address that was invited'),
  email_not_verified: advice('the address of your account is not confirmed', 'Confirm it by the link in your mailbox'),
  email_domain_not_allowed: advice(
    'the organization invites other domains only',
    'Use an address of an allowed domain, or change the list in its settings',
  ),
  sso_not_allowed: advice(
    'an account of single sign-on may not do this',
    'Use an address of the domain that its provider vouches for',
  ),
  anonymous_not_allowed: advice('anonymous users have no access', 'Sign in with an e-mail address'),
  insufficient_aal: advice('a second factor is asked for', 'Enter the code of your authenticator app at /mfa'),
  user_banned: advice('the account is banned at the auth server', 'Lift the ban in Authentication → Users'),
  not_a_member: advice('you are no member of the organization asked for', 'Check X-Pandastack-Org, or accept an invite first'),
  org_creation_disabled: advice(
    'founding organizations is not open to you',
    'Ask for an invite; operators: PANDASTACK_ORG_CREATION',
  ),
  signup_not_allowed: advice('this server takes no newcomers of your kind', 'Ask for an invite; operators: PANDASTACK_SIGNUP'),
  setup_code_invalid: advice('this is not the setup code', 'Read it again in the log, or run pandastack setup-code'),
  bad_host: advice('stub mode answers on loopback only', 'Open http://localhost, or the address in PANDASTACK_DASHBOARD_URL'),
  not_found: advice('there is no such path', 'Look it up at /docs'),
  org_not_found: advice(
    'there is no such organization, or you are no member of it',
    'Check id or slug and the account; for the first person see "First-user provisioning"',
  ),
  member_not_found: advice('no such member', LOOK_AGAIN),
  invite_not_found: advice('no such invite', `Check that the link is whole; otherwise: ${ASK_INVITE.toLowerCase()}`),
  token_not_found: advice('no such API token', LOOK_AGAIN),
  method_not_allowed: advice('the path has no such method', 'Allow in the answer names those it has'),
  slug_taken: advice('another organization has this slug', 'Choose another slug'),
  slug_reserved: advice('the slug is kept for the product', 'Choose another slug'),
  last_owner: advice('the organization would be left without an owner', 'Make another member the owner first'),
  already_member: advice('the person is a member already', 'Change their role instead'),
  invite_exists: advice('an invite for this address is open', 'Send it again, or revoke it first'),
  token_limit: advice(
    'the organization has as many API tokens as it may',
    'Revoke some; operators: PANDASTACK_MAX_TOKENS_PER_ORG',
  ),
  org_limit: advice('the person owns as many organizations as they may', 'Operators: PANDASTACK_MAX_ORGS_PER_USER'),
  member_limit: advice('the organization is full', 'Remove somebody; operators: PANDASTACK_MAX_MEMBERS_PER_ORG'),
  invite_limit: advice('too many invites are open', 'Revoke some; operators: PANDASTACK_MAX_OPEN_INVITES_PER_ORG'),
  ambiguous_prefix: advice('several tokens begin like this', 'Name the token by its id'),
  request_in_progress: advice('a request with this Idempotency-Key is being answered', WAIT),
  setup_closed: advice('this server has its first owner', 'Ask them for an invite'),
  invite_expired: advice('the invite has run out', ASK_INVITE),
  invite_used: advice('the invite has been accepted', 'Sign in with the account that accepted it'),
  invite_revoked: advice('the invite was withdrawn', ASK_INVITE),
  invite_declined: advice('the invite was declined', ASK_INVITE),
  payload_too_large: advice('the body is too large', 'Send at most 64 KiB'),
  unsupported_media_type: advice('the body is not announced as JSON', 'Send content-type: application/json'),
  idempotency_key_reused: advice('the Idempotency-Key belongs to another request', 'Use a new key for each request'),
  rate_limited: advice('too many requests', WAIT),
  quota_exceeded: advice(
    'the organization has as many sandboxes, CPUs or memory as it may, or has started as many in an hour',
    'End some; operators: its row in the table workspaces',
  ),
  internal_error: advice('a fault of the server', 'Look the request id up in its log'),
  agent_unreachable: advice(
    'the machine that holds the sandbox gave no usable answer, or none holds it',
    'Try again; operators: /admin/agents, the log, and the same PANDASTACK_NODE_TOKEN here and on each agent',
  ),
  capacity_unavailable: advice(
    'no machine is there, or none has room',
    'Try again in a moment; operators: /admin/agents, and docs/sandboxes.md for connecting one',
  ),
  dependency_unavailable: advice(
    'a store is away',
    'Operators: see /readyz, PANDASTACK_DATABASE_URL and PANDASTACK_CLICKHOUSE_URL',
  ),
  auth_provider_unavailable: advice(
    'the auth server cannot be asked',
    'Operators: check SUPABASE_URL and SUPABASE_JWKS_URL, and run pandastack doctor',
  ),
};
