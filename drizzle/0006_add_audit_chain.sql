CREATE TABLE IF NOT EXISTS audit_chains (
  org_id uuid PRIMARY KEY,
  seq bigint NOT NULL DEFAULT 0,
  hash text NOT NULL DEFAULT '',
  last_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
--> statement-breakpoint
INSERT INTO audit_chains (org_id) VALUES ('00000000-0000-0000-0000-000000000000') ON CONFLICT DO NOTHING;
--> statement-breakpoint
ALTER TABLE audit_outbox
  ADD COLUMN IF NOT EXISTS seq bigint,
  ADD COLUMN IF NOT EXISTS claimed_until timestamptz,
  ADD COLUMN IF NOT EXISTS refused_at timestamptz;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS idx_audit_outbox_org ON audit_outbox (org_id, seq);
--> statement-breakpoint

-- As with every table of ours: not for whoever holds a Supabase project's anon key.
DO $$
DECLARE
  outsider text;
BEGIN
  FOR outsider IN SELECT rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated') LOOP
    EXECUTE format('REVOKE ALL ON audit_chains FROM %I', outsider);
  END LOOP;
END $$;
