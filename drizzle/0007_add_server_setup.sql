CREATE TABLE IF NOT EXISTS server_setup (
  id smallint PRIMARY KEY DEFAULT 1 CONSTRAINT server_setup_one_row CHECK (id = 1),
  opened_at timestamptz,
  code_hash text,
  code_made_at timestamptz,
  closed_at timestamptz,
  closed_by text,
  closed_way text,
  stub_user_ids text[] NOT NULL DEFAULT '{00000000-0000-0000-0000-000000000001}'
);
--> statement-breakpoint
INSERT INTO server_setup DEFAULT VALUES ON CONFLICT DO NOTHING;
--> statement-breakpoint

-- As with every table of ours: not for whoever holds a Supabase project's anon key.
DO $$
DECLARE
  outsider text;
BEGIN
  FOR outsider IN SELECT rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated') LOOP
    EXECUTE format('REVOKE ALL ON server_setup FROM %I', outsider);
  END LOOP;
END $$;
