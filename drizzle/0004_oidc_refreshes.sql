CREATE TABLE IF NOT EXISTS oidc_refreshes (
  token_hash text PRIMARY KEY,
  outcome text,
  expires_at timestamptz NOT NULL
);
--> statement-breakpoint

CREATE INDEX IF NOT EXISTS idx_oidc_refreshes_expires ON oidc_refreshes (expires_at);
--> statement-breakpoint

-- As with every table of ours: not for whoever holds a Supabase project's anon key.
DO $$
DECLARE
  outsider text;
BEGIN
  FOR outsider IN SELECT rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated') LOOP
    EXECUTE format('REVOKE ALL ON oidc_refreshes FROM %I', outsider);
  END LOOP;
END $$;
