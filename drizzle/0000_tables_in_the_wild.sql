-- What an older PandaStack API or agent may have made before: the same tables, so that an empty database and one of theirs
-- continue alike. Agents rely on these columns; nothing here may change.
CREATE TABLE IF NOT EXISTS "orgs" (
  "id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
  "slug" text NOT NULL,
  "name" text NOT NULL,
  "owner_user_id" text NOT NULL,
  "created_at" timestamp with time zone DEFAULT now(),
  "updated_at" timestamp with time zone DEFAULT now(),
  CONSTRAINT "orgs_slug_key" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "audit_log" (
  "id" bigserial PRIMARY KEY NOT NULL,
  "ts" bigint,
  "workspace" text,
  "request_id" text,
  "method" text,
  "path" text,
  "status" bigint,
  "actor" text,
  "meta" text
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "agents" (
  "id" text PRIMARY KEY NOT NULL,
  "endpoint" text,
  "region" text,
  "zone" text DEFAULT '',
  "version" text DEFAULT '',
  "status" text DEFAULT 'active',
  "capacity_json" jsonb DEFAULT '{}'::jsonb,
  "last_heartbeat" timestamp with time zone DEFAULT now(),
  "created_at" timestamp with time zone DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "allocations" (
  "sandbox_id" text PRIMARY KEY NOT NULL,
  "payload" text
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "api_tokens" (
  "token_hash" text PRIMARY KEY NOT NULL,
  "prefix" text,
  "workspace_id" text,
  "label" text DEFAULT '',
  "created_at" timestamp with time zone DEFAULT now(),
  "last_used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "boot_events" (
  "id" bigserial PRIMARY KEY NOT NULL,
  "sandbox_id" text,
  "template" text,
  "boot_mode" text,
  "boot_ms" bigint,
  "ts" bigint
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "leases" (
  "sandbox_id" text PRIMARY KEY NOT NULL,
  "agent_id" text,
  "workspace_id" text DEFAULT '',
  "expires_at" timestamp with time zone,
  "created_at" timestamp with time zone DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "network_state" (
  "id" bigint PRIMARY KEY NOT NULL,
  "next_subnet" bigint NOT NULL,
  "next_vsock_cid" bigint NOT NULL,
  CONSTRAINT "network_state_id_check" CHECK ("id" = 1)
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "org_invites" (
  "token" text PRIMARY KEY NOT NULL,
  "org_id" uuid CONSTRAINT "org_invites_org_id_orgs_id_fk" REFERENCES "orgs"("id") ON DELETE CASCADE,
  "email" text,
  "role" text,
  "invited_by" text,
  "created_at" timestamp with time zone DEFAULT now(),
  "expires_at" timestamp with time zone NOT NULL,
  "accepted_at" timestamp with time zone,
  CONSTRAINT "org_invites_role_check" CHECK ("role" in ('admin', 'member'))
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "org_members" (
  "org_id" uuid CONSTRAINT "org_members_org_id_orgs_id_fk" REFERENCES "orgs"("id") ON DELETE CASCADE,
  "user_id" text NOT NULL,
  "email" text DEFAULT '',
  "role" text,
  "joined_at" timestamp with time zone DEFAULT now(),
  CONSTRAINT "org_members_org_id_user_id_pk" PRIMARY KEY("org_id","user_id"),
  CONSTRAINT "org_members_role_check" CHECK ("role" in ('owner', 'admin', 'member'))
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "sandbox_events" (
  "id" bigserial PRIMARY KEY NOT NULL,
  "sandbox_id" text,
  "workspace_id" text DEFAULT '',
  "type" text,
  "code" text,
  "message" text DEFAULT '',
  "metadata" jsonb DEFAULT '{}'::jsonb,
  "created_at" timestamp with time zone DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "sandboxes" (
  "id" text PRIMARY KEY NOT NULL,
  "template" text,
  "cpu" bigint,
  "memory_mb" bigint,
  "status" text,
  "guest_ip" text,
  "host_tap" text,
  "mac" text,
  "vsock_cid" bigint,
  "from_snapshot" text,
  "metadata" text,
  "created_at" bigint,
  "boot_ms" bigint DEFAULT 0,
  "boot_mode" text DEFAULT '',
  "persistent" bigint DEFAULT 0 NOT NULL,
  "ttl_seconds" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "snapshots" (
  "id" text PRIMARY KEY NOT NULL,
  "sandbox_id" text,
  "mem_path" text,
  "state_path" text,
  "created_at" bigint
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "usage_events" (
  "id" bigserial PRIMARY KEY NOT NULL,
  "ts" bigint,
  "workspace" text,
  "sandbox_id" text,
  "template" text,
  "event" text,
  "cpu_count" integer DEFAULT 0,
  "mem_mb" integer DEFAULT 0,
  "duration_sec" integer DEFAULT 0,
  "cpu_seconds" bigint DEFAULT 0,
  "gb_seconds" double precision DEFAULT 0,
  "cost_micros" bigint DEFAULT 0
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "user_current_org" (
  "user_id" text PRIMARY KEY NOT NULL,
  "org_id" uuid CONSTRAINT "user_current_org_org_id_orgs_id_fk" REFERENCES "orgs"("id") ON DELETE CASCADE,
  "updated_at" timestamp with time zone DEFAULT now()
);
--> statement-breakpoint
CREATE TABLE IF NOT EXISTS "workspaces" (
  "name" text PRIMARY KEY NOT NULL,
  "max_sandboxes" bigint DEFAULT 16,
  "max_cpu_total" bigint DEFAULT 16,
  "max_memory_mb_total" bigint DEFAULT 32768,
  "hourly_create_limit" bigint DEFAULT 200,
  "created_at" bigint,
  "monthly_cpu_seconds_max" bigint DEFAULT 0,
  "monthly_budget_micros" bigint DEFAULT 0
);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_audit_log_ts" ON "audit_log" ("ts" DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_audit_log_workspace_ts" ON "audit_log" ("workspace","ts" DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_agents_last_heartbeat" ON "agents" ("last_heartbeat" DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_agents_status" ON "agents" ("status");
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_api_tokens_workspace" ON "api_tokens" ("workspace_id");
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_api_tokens_prefix" ON "api_tokens" ("prefix");
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_boot_events_ts" ON "boot_events" ("ts" DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_leases_agent" ON "leases" ("agent_id");
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_leases_expires" ON "leases" ("expires_at");
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_org_invites_email" ON "org_invites" (lower("email"));
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_org_invites_org" ON "org_invites" ("org_id");
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_org_members_user" ON "org_members" ("user_id");
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_orgs_owner" ON "orgs" ("owner_user_id");
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_sandbox_events_sandbox" ON "sandbox_events" ("sandbox_id","created_at" DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_sandbox_events_workspace" ON "sandbox_events" ("workspace_id","created_at" DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_usage_events_workspace_ts" ON "usage_events" ("workspace","ts" DESC);
--> statement-breakpoint
CREATE INDEX IF NOT EXISTS "idx_usage_events_ts" ON "usage_events" ("ts" DESC);
--> statement-breakpoint
INSERT INTO "network_state" ("id", "next_subnet", "next_vsock_cid") VALUES (1, 0, 3) ON CONFLICT ("id") DO NOTHING;
