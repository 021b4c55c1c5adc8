-- What this control plane adds. The tables may hold an older PandaStack's rows and constraint names: no row is dropped, and
-- whatever depends on rows being old happens only while its column is missing, so a second run changes nothing.

-- Agents know an adopted org by its slug. Two slugs mean "see everything" to them and are not handed on.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'orgs'::regclass AND attname = 'legacy_tenant_key' AND NOT attisdropped) THEN
    ALTER TABLE orgs ADD COLUMN legacy_tenant_key text;
    UPDATE orgs SET legacy_tenant_key = slug WHERE lower(btrim(slug)) NOT IN ('admin', 'default', '');
  END IF;
END $$;
--> statement-breakpoint

-- The link's secret is kept as its SHA-256. Old secrets are hashed where they stand, so links already sent still work.
DO $$
BEGIN
  IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'org_invites'::regclass AND attname = 'token' AND NOT attisdropped) THEN
    ALTER TABLE org_invites RENAME COLUMN token TO token_hash;
    UPDATE org_invites SET token_hash = encode(sha256(convert_to(token_hash, 'UTF8')), 'hex');
  END IF;
END $$;
--> statement-breakpoint
ALTER TABLE org_invites
  ADD COLUMN IF NOT EXISTS id uuid NOT NULL DEFAULT gen_random_uuid(),
  ADD COLUMN IF NOT EXISTS accepted_by text,
  ADD COLUMN IF NOT EXISTS declined_at timestamptz,
  ADD COLUMN IF NOT EXISTS revoked_at timestamptz,
  ADD COLUMN IF NOT EXISTS last_sent_at timestamptz;
--> statement-breakpoint
DO $$
DECLARE
  id_column smallint := (SELECT attnum FROM pg_attribute WHERE attrelid = 'org_invites'::regclass AND attname = 'id');
  old_key text := (SELECT conname FROM pg_constraint
                   WHERE conrelid = 'org_invites'::regclass AND contype = 'p' AND conkey <> ARRAY[id_column]);
BEGIN
  IF old_key IS NOT NULL THEN
    EXECUTE format('ALTER TABLE org_invites DROP CONSTRAINT %I', old_key);
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = 'org_invites'::regclass AND contype = 'p') THEN
    ALTER TABLE org_invites ADD CONSTRAINT org_invites_pkey PRIMARY KEY (id);
  END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conrelid = 'org_invites'::regclass AND conname = 'org_invites_token_hash_key') THEN
    ALTER TABLE org_invites ADD CONSTRAINT org_invites_token_hash_key UNIQUE (token_hash);
  END IF;
END $$;
--> statement-breakpoint

-- One open invite per address: of several, the one that lasts (and the newest of those) stays open, the others are revoked.
UPDATE org_invites SET revoked_at = now()
FROM (
  SELECT id, row_number() OVER (PARTITION BY org_id, lower(email) ORDER BY (expires_at > now()) DESC, created_at DESC, id) AS place
  FROM org_invites
  WHERE accepted_at IS NULL AND declined_at IS NULL AND revoked_at IS NULL
) AS open_invite
WHERE open_invite.id = org_invites.id AND open_invite.place > 1;
--> statement-breakpoint
CREATE UNIQUE INDEX IF NOT EXISTS org_invites_one_open_per_address ON org_invites (org_id, lower(email))
  WHERE accepted_at IS NULL AND declined_at IS NULL AND revoked_at IS NULL;
--> statement-breakpoint

-- The org of an adopted token is the one whose slug it names today, looked up once: a slug may be taken by another org later.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = 'api_tokens'::regclass AND attname = 'org_id' AND NOT attisdropped) THEN
    ALTER TABLE api_tokens ADD COLUMN org_id uuid CONSTRAINT api_tokens_org_id_orgs_id_fk REFERENCES orgs (id) ON DELETE CASCADE;
    UPDATE api_tokens SET org_id = orgs.id FROM orgs WHERE orgs.slug = api_tokens.workspace_id;
  END IF;
END $$;
--> statement-breakpoint
ALTER TABLE api_tokens
  ADD COLUMN IF NOT EXISTS id uuid NOT NULL DEFAULT gen_random_uuid() CONSTRAINT api_tokens_id_key UNIQUE,
  ADD COLUMN IF NOT EXISTS created_by text,
  ADD COLUMN IF NOT EXISTS role text NOT NULL DEFAULT 'member'
    CONSTRAINT api_tokens_role_check CHECK (role IN ('owner', 'admin', 'member')),
  ADD COLUMN IF NOT EXISTS expires_at timestamptz,
  ADD COLUMN IF NOT EXISTS revoked_at timestamptz;
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS idx_api_tokens_org ON api_tokens (org_id);
--> statement-breakpoint

-- Columns this product always fills. A null that has no sensible value keeps its column nullable rather than stop the start.
DO $$
DECLARE
  wanted record;
  has_null boolean;
BEGIN
  FOR wanted IN SELECT * FROM (VALUES
    ('orgs', 'created_at', 'now()'), ('orgs', 'updated_at', 'now()'),
    ('org_members', 'email', ''''''), ('org_members', 'role', '''member'''), ('org_members', 'joined_at', 'now()'),
    ('org_invites', 'token_hash', NULL), ('org_invites', 'org_id', NULL), ('org_invites', 'email', ''''''),
    ('org_invites', 'role', '''member'''), ('org_invites', 'invited_by', ''''''), ('org_invites', 'created_at', 'now()'),
    ('user_current_org', 'org_id', NULL), ('user_current_org', 'updated_at', 'now()'),
    ('api_tokens', 'prefix', ''''''), ('api_tokens', 'workspace_id', ''''''), ('api_tokens', 'label', ''''''),
    ('api_tokens', 'created_at', 'now()')
  ) AS columns (table_name, column_name, filling)
  LOOP
    IF wanted.filling IS NOT NULL THEN
      EXECUTE format('UPDATE %I SET %I = %s WHERE %2$I IS NULL', wanted.table_name, wanted.column_name, wanted.filling);
    END IF;
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I WHERE %I IS NULL)', wanted.table_name, wanted.column_name) INTO has_null;
    IF NOT has_null THEN
      EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET NOT NULL', wanted.table_name, wanted.column_name);
    END IF;
  END LOOP;
END $$;
--> statement-breakpoint

CREATE TABLE IF NOT EXISTS audit_outbox (
  id uuid PRIMARY KEY,
  org_id uuid NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts integer NOT NULL DEFAULT 0
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS idx_audit_outbox_created ON audit_outbox (created_at);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS processed_stripe_events (event_id text PRIMARY KEY);
--> statement-breakpoint
ALTER TABLE processed_stripe_events
  ADD COLUMN IF NOT EXISTS type text NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS received_at timestamptz NOT NULL DEFAULT now(),
  ADD COLUMN IF NOT EXISTS processed_at timestamptz;
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS pending_meter_events (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  org_id uuid NOT NULL,
  event_name text NOT NULL,
  identifier text NOT NULL CONSTRAINT pending_meter_events_identifier_key UNIQUE,
  value bigint NOT NULL,
  occurred_at timestamptz NOT NULL DEFAULT now(),
  attempts integer NOT NULL DEFAULT 0,
  sent_at timestamptz
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS idx_pending_meter_events_unsent ON pending_meter_events (occurred_at) WHERE sent_at IS NULL;
--> statement-breakpoint

-- An org that exists keeps an owner. Judged at commit, so a transfer may pass through a moment without one; the lock on the org
-- lets only one of two owners who leave at the same time get through.
CREATE OR REPLACE FUNCTION org_keeps_an_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM orgs WHERE id = OLD.org_id FOR NO KEY UPDATE;
  IF FOUND AND NOT EXISTS (SELECT 1 FROM org_members WHERE org_id = OLD.org_id AND role = 'owner') THEN
    RAISE EXCEPTION 'org % would be left without an owner', OLD.org_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'org_keeps_an_owner', TABLE = 'org_members';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DROP TRIGGER IF EXISTS org_keeps_an_owner_on_change ON org_members;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER org_keeps_an_owner_on_change AFTER UPDATE ON org_members DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.role = 'owner' AND (NEW.role <> 'owner' OR NEW.org_id <> OLD.org_id)) EXECUTE FUNCTION org_keeps_an_owner();
--> statement-breakpoint
DROP TRIGGER IF EXISTS org_keeps_an_owner_on_removal ON org_members;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER org_keeps_an_owner_on_removal AFTER DELETE ON org_members DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.role = 'owner') EXECUTE FUNCTION org_keeps_an_owner();
--> statement-breakpoint

-- In a Supabase project every new table of `public` is open to whoever holds the anon key, through its REST API. Not these.
DO $$
DECLARE
  outsider text;
BEGIN
  FOR outsider IN SELECT rolname FROM pg_roles WHERE rolname IN ('anon', 'authenticated') LOOP
    EXECUTE format('REVOKE ALL ON orgs, org_members, org_invites, user_current_org, api_tokens, sandboxes, allocations, network_state,
      snapshots, boot_events, audit_log, workspaces, agents, leases, sandbox_events, usage_events, processed_stripe_events,
      pending_meter_events, audit_outbox FROM %I', outsider);
  END LOOP;
END $$;
