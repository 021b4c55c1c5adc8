-- The place of an event in the chain of its org; 0 in rows from before events were chained.
ALTER TABLE pandastack.audit_log ADD COLUMN IF NOT EXISTS seq UInt64;
ALTER TABLE pandastack.audit_log ADD COLUMN IF NOT EXISTS prev_ts DateTime64(3);
ALTER TABLE pandastack.audit_log ADD COLUMN IF NOT EXISTS prev_hash String;
ALTER TABLE pandastack.audit_log ADD COLUMN IF NOT EXISTS hash String;

-- Whoever verifies the chain walks along seq, and the table is ordered by time.
ALTER TABLE pandastack.audit_log ADD INDEX IF NOT EXISTS seq_range seq TYPE minmax GRANULARITY 1;
