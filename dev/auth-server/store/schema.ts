/** Column names follow Supabase Auth, so that its documentation explains this file too. */
export const schema = `
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE IF NOT EXISTS users (
  id TEXT PRIMARY KEY,
  aud TEXT NOT NULL,
  role TEXT NOT NULL,
  email TEXT,
  phone TEXT UNIQUE,
  encrypted_password TEXT,
  email_confirmed_at TEXT,
  phone_confirmed_at TEXT,
  invited_at TEXT,
  confirmation_token TEXT NOT NULL DEFAULT '',
  confirmation_sent_at TEXT,
  recovery_token TEXT NOT NULL DEFAULT '',
  recovery_sent_at TEXT,
  email_change TEXT NOT NULL DEFAULT '',
  email_change_token_current TEXT NOT NULL DEFAULT '',
  email_change_token_new TEXT NOT NULL DEFAULT '',
  email_change_sent_at TEXT,
  email_change_confirm_status INTEGER NOT NULL DEFAULT 0,
  reauthentication_token TEXT NOT NULL DEFAULT '',
  reauthentication_sent_at TEXT,
  last_sign_in_at TEXT,
  raw_app_meta_data TEXT NOT NULL,
  raw_user_meta_data TEXT NOT NULL,
  is_sso_user INTEGER NOT NULL DEFAULT 0,
  is_anonymous INTEGER NOT NULL DEFAULT 0,
  banned_until TEXT,
  deleted_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
-- Every identity provider of an organization may assert an address that somebody else signs in with.
CREATE UNIQUE INDEX IF NOT EXISTS users_email ON users (email) WHERE is_sso_user = 0;

CREATE TABLE IF NOT EXISTS identities (
  id TEXT PRIMARY KEY,
  provider_id TEXT NOT NULL,
  provider TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  identity_data TEXT NOT NULL,
  last_sign_in_at TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  UNIQUE (provider_id, provider)
) STRICT;

CREATE TABLE IF NOT EXISTS sessions (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  aal TEXT NOT NULL DEFAULT 'aal1',
  factor_id TEXT,
  not_after TEXT,
  created_at TEXT NOT NULL,
  refreshed_at TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS sessions_user ON sessions (user_id);

CREATE TABLE IF NOT EXISTS amr_claims (
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  method TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (session_id, method)
) STRICT;

CREATE TABLE IF NOT EXISTS refresh_tokens (
  id INTEGER PRIMARY KEY,
  token TEXT NOT NULL UNIQUE,
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  parent TEXT,
  revoked INTEGER NOT NULL DEFAULT 0,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS refresh_tokens_session ON refresh_tokens (session_id);

CREATE TABLE IF NOT EXISTS one_time_tokens (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  token_type TEXT NOT NULL,
  token_hash TEXT NOT NULL,
  PRIMARY KEY (user_id, token_type)
) STRICT;
CREATE INDEX IF NOT EXISTS one_time_tokens_hash ON one_time_tokens (token_hash);

CREATE TABLE IF NOT EXISTS flow_state (
  row INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  auth_code TEXT UNIQUE,
  authentication_method TEXT NOT NULL,
  code_challenge TEXT NOT NULL DEFAULT '',
  code_challenge_method TEXT NOT NULL DEFAULT '',
  provider_type TEXT NOT NULL DEFAULT '',
  provider_access_token TEXT NOT NULL DEFAULT '',
  provider_refresh_token TEXT NOT NULL DEFAULT '',
  referrer TEXT NOT NULL DEFAULT '',
  invite_token TEXT NOT NULL DEFAULT '',
  linking_target_id TEXT,
  auth_code_issued_at TEXT,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS mfa_factors (
  id TEXT PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  friendly_name TEXT NOT NULL,
  factor_type TEXT NOT NULL,
  status TEXT NOT NULL,
  secret TEXT NOT NULL,
  last_challenged_at TEXT,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS mfa_factors_user ON mfa_factors (user_id);

CREATE TABLE IF NOT EXISTS mfa_challenges (
  id TEXT PRIMARY KEY,
  factor_id TEXT NOT NULL REFERENCES mfa_factors (id) ON DELETE CASCADE,
  ip_address TEXT NOT NULL,
  verified_at TEXT,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS saml_relay_states (
  id TEXT PRIMARY KEY,
  sso_provider_id TEXT NOT NULL,
  redirect_to TEXT NOT NULL,
  flow_state_id TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS stand_in_people (
  id INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  email TEXT NOT NULL,
  name TEXT NOT NULL,
  email_verified INTEGER NOT NULL,
  UNIQUE (provider, email)
) STRICT;

CREATE TABLE IF NOT EXISTS stand_in_grants (
  secret TEXT PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES stand_in_people (id) ON DELETE CASCADE
) STRICT;

CREATE TABLE IF NOT EXISTS mails (
  id INTEGER PRIMARY KEY,
  recipient TEXT NOT NULL,
  sender TEXT NOT NULL,
  subject TEXT NOT NULL,
  text TEXT NOT NULL,
  html TEXT NOT NULL,
  received_at TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS mails_recipient ON mails (recipient);
`;
