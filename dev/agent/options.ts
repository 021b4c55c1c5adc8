/** What an agent says of its machine, as it stands in agents.capacity_json. */
export interface Capacity {
  cpu_total: number;
  cpu_used: number;
  memory_mb_total: number;
  memory_mb_used: number;
  sandboxes: number;
  load_average: number;
  stream_restore_enabled?: boolean;
  volume_provisioned_bytes?: number;
  volumes_fs_size_bytes?: number;
  volumes_fs_free_bytes?: number;
}

export interface AgentOptions {
  databaseUrl: string;
  /** Its row in `agents`; a new one each time by default. */
  id?: string;
  region?: string;
  zone?: string;
  /** 0, a free one, by default. Always on the loopback. */
  port?: number;
  /** What X-Node-Token must be; by default nobody is asked. */
  nodeToken?: string;
  /** How often its row in `agents` is renewed. */
  heartbeatMs?: number;
  leaseSeconds?: number;
  leaseRenewMs?: number;
  /** How often it looks for sandboxes that lay idle too long. */
  idleLookMs?: number;
  /** Said instead of what is measured, for tests of placement. */
  capacity?: Partial<Capacity>;
  log?: (line: string) => void;
}

export const HEARTBEAT_MS = 10_000;
export const LEASE_SECONDS = 24 * 3_600;
export const LEASE_RENEW_MS = 300_000;
export const IDLE_LOOK_MS = 5_000;
export const VERSION = 'stand-in';

/** In the header X-Pandastack-Agent of every answer, in the log and in each template's description. */
export const WARNING = 'stand-in for development: isolates nothing, commands run as you on your machine';
