CREATE TABLE IF NOT EXISTS idempotency_keys (
  actor_key text NOT NULL,
  key_hash text NOT NULL,
  fingerprint text NOT NULL,
  status integer,
  answer bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT idempotency_keys_actor_key_key_hash_pk PRIMARY KEY (actor_key, key_hash)
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS idx_idempotency_keys_created ON idempotency_keys (created_at);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS rate_limits (
  key text PRIMARY KEY,
  points integer NOT NULL DEFAULT 0,
  expire bigint
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS idx_rate_limits_expire ON rate_limits (expire);
--> statement-breakpoint
ALTER TABLE api_tokens
  ADD COLUMN IF NOT EXISTS rotated_at timestamptz,
  ADD COLUMN IF NOT EXISTS previous_token_hash text CONSTRAINT api_tokens_previous_token_hash_key UNIQUE,
  ADD COLUMN IF NOT EXISTS previous_prefix text,
  ADD COLUMN IF NOT EXISTS previous_expires_at timestamptz,
  ADD COLUMN IF NOT EXISTS previous_last_used_at timestamptz;
--> statement-breakpoint
ALTER TABLE orgs
  ADD COLUMN IF NOT EXISTS default_invite_role text NOT NULL DEFAULT 'member'
    CONSTRAINT orgs_default_invite_role_check CHECK (default_invite_role IN ('admin', 'member')),
  ADD COLUMN IF NOT EXISTS allowed_email_domains text[] NOT NULL DEFAULT '{}';
--> statement-breakpoint

-- As with every table of ours: not for whoever holds a Supabase project's anon key.
DO $$
DECLARE
  outsider text;
BEGIN
  FOR outsider IN SELECT rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated') LOOP
    EXECUTE format('REVOKE ALL ON idempotency_keys, rate_limits FROM %I', outsider);
  END LOOP;
END $$;
