CREATE TABLE IF NOT EXISTS stream_tickets (
  secret_hash text PRIMARY KEY,
  org_id uuid NOT NULL,
  user_id text NOT NULL,
  holder jsonb NOT NULL,
  sandbox_id text NOT NULL,
  path text NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT stream_tickets_org_id_orgs_id_fk FOREIGN KEY (org_id) REFERENCES orgs(id) ON DELETE CASCADE
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS idx_stream_tickets_expires ON stream_tickets (expires_at);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS sandbox_creates (
  id uuid PRIMARY KEY,
  tenant text NOT NULL,
  sandboxes integer NOT NULL,
  cpu bigint NOT NULL,
  memory_mb bigint NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  settled_at timestamptz
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS idx_sandbox_creates_tenant ON sandbox_creates (tenant, created_at);
--> statement-breakpoint

-- A snapshot outlives its sandbox, and agents delete that one's rows: whose it is stays with it.
ALTER TABLE snapshots
  ADD COLUMN IF NOT EXISTS workspace_id text NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS agent_id text NOT NULL DEFAULT '';
--> statement-breakpoint

-- Newer agents add it themselves where their role may, and lose their boot times where it may not.
ALTER TABLE boot_events ADD COLUMN IF NOT EXISTS workspace text NOT NULL DEFAULT '';
--> statement-breakpoint

-- As with every table of ours: not for whoever holds a Supabase project's anon key.
DO $$
DECLARE
  outsider text;
BEGIN
  FOR outsider IN SELECT rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated') LOOP
    EXECUTE format('REVOKE ALL ON stream_tickets, sandbox_creates FROM %I', outsider);
  END LOOP;
END $$;
