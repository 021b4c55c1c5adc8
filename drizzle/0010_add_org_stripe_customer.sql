ALTER TABLE orgs
  ADD COLUMN IF NOT EXISTS stripe_customer_id text CONSTRAINT orgs_stripe_customer_id_key UNIQUE,
  ADD COLUMN IF NOT EXISTS stripe_linked_at timestamptz;
--> statement-breakpoint
ALTER TABLE pending_meter_events
  ADD COLUMN IF NOT EXISTS customer_id text NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS posted_at timestamptz,
  ADD COLUMN IF NOT EXISTS claimed_until timestamptz;
