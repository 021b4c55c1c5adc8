-- Every statement may meet a server that holds it already: agents and older builds make these tables too.
-- workspace_id is the org id. Parts leave whole when all their rows are past their time.

CREATE TABLE IF NOT EXISTS pandastack.sandbox_metrics (
  ts DateTime64(3) DEFAULT now64(3),
  workspace_id String,
  sandbox_id String,
  agent_id String,
  cpu_pct Float32,
  mem_bytes UInt64,
  net_rx_bytes UInt64,
  net_tx_bytes UInt64,
  disk_rd_bytes UInt64,
  disk_wr_bytes UInt64
) ENGINE = MergeTree
PARTITION BY toYYYYMMDD(ts)
ORDER BY (workspace_id, sandbox_id, ts)
TTL toDateTime(ts) + INTERVAL 90 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS pandastack.sandbox_events (
  ts DateTime64(3) DEFAULT now64(3),
  workspace_id String,
  sandbox_id String,
  agent_id String,
  type LowCardinality(String),
  code LowCardinality(String),
  message String,
  metadata String
) ENGINE = MergeTree
PARTITION BY toYYYYMMDD(ts)
ORDER BY (workspace_id, sandbox_id, ts)
TTL toDateTime(ts) + INTERVAL 90 DAY
SETTINGS ttl_only_drop_parts = 1;

-- An event may be delivered twice: the copies have one key and melt into one row; readers add LIMIT 1 BY event_id until they have.
CREATE TABLE IF NOT EXISTS pandastack.audit_log (
  ts DateTime64(3) DEFAULT now64(3),
  workspace_id String,
  event_id String,
  actor_id String,
  actor_type LowCardinality(String),
  action LowCardinality(String),
  target_type LowCardinality(String),
  target_id String,
  request_id String,
  ip String,
  user_agent String,
  metadata String
) ENGINE = ReplacingMergeTree
PARTITION BY toYYYYMM(ts)
ORDER BY (workspace_id, ts, event_id)
TTL toDateTime(ts) + INTERVAL 365 DAY
SETTINGS ttl_only_drop_parts = 1;

ALTER TABLE pandastack.audit_log ADD COLUMN IF NOT EXISTS event_id String;

CREATE TABLE IF NOT EXISTS pandastack.boot_events (
  ts DateTime64(3) DEFAULT now64(3),
  workspace_id String,
  sandbox_id String,
  agent_id String,
  template LowCardinality(String),
  boot_mode LowCardinality(String),
  boot_ms UInt32,
  from_snapshot String
) ENGINE = MergeTree
PARTITION BY toYYYYMM(ts)
ORDER BY (workspace_id, sandbox_id, ts)
TTL toDateTime(ts) + INTERVAL 90 DAY
SETTINGS ttl_only_drop_parts = 1;

CREATE TABLE IF NOT EXISTS pandastack.http_requests (
  ts DateTime64(3) DEFAULT now64(3),
  workspace_id String,
  request_id String,
  method LowCardinality(String),
  route LowCardinality(String),
  status UInt16,
  duration_ms UInt32,
  actor_id String,
  ip String,
  user_agent String
) ENGINE = MergeTree
PARTITION BY toYYYYMMDD(ts)
ORDER BY (workspace_id, route, ts)
TTL toDateTime(ts) + INTERVAL 30 DAY
SETTINGS ttl_only_drop_parts = 1;
