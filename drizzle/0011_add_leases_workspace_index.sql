-- An org's sandboxes are found, and counted against its quota, by their leases.
CREATE INDEX IF NOT EXISTS idx_leases_workspace ON leases (workspace_id);
