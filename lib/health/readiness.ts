import { pingClickhouse } from '@/db/clickhouse';
import { pingDatabase } from '@/db/postgres';
import { canVerify } from '@/lib/auth/can-verify';
import { isDraining, isStarting } from './process-state';

const PING_TIMEOUT_MS = 1_500;
const REUSE_MS = 500;

export interface Readiness {
  status: 'ready' | 'degraded' | 'unavailable' | 'starting' | 'draining';
  checks: Record<'postgres' | 'clickhouse', DependencyCheck> & { sign_in: { status: 'ok' | 'no_keys' } };
}

type Stores = Record<'postgres' | 'clickhouse', DependencyCheck>;

interface DependencyCheck {
  status: 'ok' | 'unreachable';
  latency_ms: number;
}

const holder = globalThis as typeof globalThis & { __pandastackReadiness?: { at: number; result: Promise<Stores> } };

/**
 * Whether this process can serve. Postgres is needed, and something to verify tokens with; without ClickHouse only the histories are
 * missing.
 */
export async function readiness(): Promise<Readiness> {
  const stores = await recentChecks();
  const checks: Readiness['checks'] = { ...stores, sign_in: { status: canVerify() ? 'ok' : 'no_keys' } };
  return { status: overall(checks), checks };
}

function overall({ postgres, clickhouse, sign_in }: Readiness['checks']): Readiness['status'] {
  if (isDraining()) return 'draining';
  if (postgres.status !== 'ok' || sign_in.status !== 'ok') return 'unavailable';
  if (isStarting()) return 'starting';
  return clickhouse.status === 'ok' ? 'ready' : 'degraded';
}

// The probe is public: however often it is called, the stores see two questions a second.
function recentChecks(): Promise<Stores> {
  const now = performance.now();
  const recent = holder.__pandastackReadiness;
  if (recent && now - recent.at < REUSE_MS) return recent.result;
  const result = checkAll();
  holder.__pandastackReadiness = { at: now, result };
  return result;
}

async function checkAll(): Promise<Stores> {
  const [postgres, clickhouse] = await Promise.all([check(pingDatabase), check(pingClickhouse)]);
  return { postgres, clickhouse };
}

async function check(ping: (timeoutMs: number) => Promise<void>): Promise<DependencyCheck> {
  const startedAt = performance.now();
  const status = await withinTimeout(ping).then(
    () => 'ok' as const,
    () => 'unreachable' as const,
  );
  return { status, latency_ms: Math.round(performance.now() - startedAt) };
}

// A driver may keep its own promise open longer than it was asked to.
function withinTimeout(ping: (timeoutMs: number) => Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error('timeout')), PING_TIMEOUT_MS);
  return Promise.race([ping(PING_TIMEOUT_MS), promise]).finally(() => clearTimeout(timer));
}
