CREATE TABLE IF NOT EXISTS restores (
  restored_at timestamptz PRIMARY KEY DEFAULT clock_timestamp(),
  backup_made_at timestamptz NOT NULL,
  acknowledged_at timestamptz
);
--> statement-breakpoint
ALTER TABLE audit_chains ADD COLUMN IF NOT EXISTS restored boolean NOT NULL DEFAULT false;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS idx_audit_chains_restored ON audit_chains (org_id) WHERE restored;
--> statement-breakpoint

-- As with every table of ours: not for whoever holds a Supabase project's anon key.
DO $$
DECLARE
  outsider text;
BEGIN
  FOR outsider IN SELECT rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated') LOOP
    EXECUTE format('REVOKE ALL ON restores FROM %I', outsider);
  END LOOP;
END $$;
