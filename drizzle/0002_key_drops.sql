CREATE TABLE IF NOT EXISTS key_drops (
  id smallint PRIMARY KEY DEFAULT 1 CONSTRAINT key_drops_one_row CHECK (id = 1),
  count bigint NOT NULL DEFAULT 1,
  dropped_at timestamptz NOT NULL DEFAULT now()
);
--> statement-breakpoint

-- As with every table of ours: not for whoever holds a Supabase project's anon key.
DO $$
DECLARE
  outsider text;
BEGIN
  FOR outsider IN SELECT rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated') LOOP
    EXECUTE format('REVOKE ALL ON key_drops FROM %I', outsider);
  END LOOP;
END $$;
