import { desc, eq } from 'drizzle-orm';
import { sandboxes, snapshots } from '@/db/schema';
import type { Agent, Metadata, Sandbox } from '../agent';

type Row = typeof sandboxes.$inferSelect;

/** A sandbox as the routes answer it. */
export interface SandboxAnswer {
  id: string;
  metadata: Metadata;
  status: string;
  [field: string]: unknown;
}

const unixSeconds = (date: Date) => Math.floor(date.getTime() / 1_000);

function rowOf(sandbox: Sandbox) {
  const { id, template, cpu, memoryMb, status, fromSnapshot, bootMs, bootMode, ttlSeconds } = sandbox;
  return {
    ...{ id, template, cpu, memoryMb, status, fromSnapshot, bootMs, bootMode, ttlSeconds },
    guestIp: '127.0.0.1',
    hostTap: '',
    mac: '',
    vsockCid: 0,
    metadata: JSON.stringify(sandbox.metadata),
    createdAt: unixSeconds(sandbox.createdAt),
    persistent: sandbox.persistent ? 1 : 0,
  };
}

export async function saveSandbox(agent: Agent, sandbox: Sandbox): Promise<void> {
  const row = rowOf(sandbox);
  await agent.database.insert(sandboxes).values(row).onConflictDoUpdate({ target: sandboxes.id, set: row });
}

export async function deleteSandboxRow(agent: Agent, id: string): Promise<void> {
  await agent.database.delete(sandboxes).where(eq(sandboxes.id, id));
}

export async function saveSnapshotRow(agent: Agent, snapshot: { id: string; sandboxId: string; folder: string }): Promise<void> {
  await agent.database.insert(snapshots).values({
    id: snapshot.id,
    sandboxId: snapshot.sandboxId,
    memPath: `${snapshot.folder}/vm.mem`,
    statePath: `${snapshot.folder}/vm.state`,
    createdAt: unixSeconds(new Date()),
  });
}

export async function deleteSnapshotRow(agent: Agent, id: string): Promise<void> {
  await agent.database.delete(snapshots).where(eq(snapshots.id, id));
}

export async function findSandboxRow(agent: Agent, id: string): Promise<SandboxAnswer | undefined> {
  const [row] = await agent.database.select().from(sandboxes).where(eq(sandboxes.id, id));
  return row && presentRow(row);
}

/** Those of every agent: the table is shared, and the real agent answers all of it too. */
export async function listSandboxRows(agent: Agent): Promise<SandboxAnswer[]> {
  const rows = await agent.database.select().from(sandboxes).orderBy(desc(sandboxes.createdAt));
  return rows.map(presentRow).filter(({ status }) => status !== 'pooled' && status !== 'deleted');
}

function presentRow(row: Row): SandboxAnswer {
  return {
    id: row.id,
    template: row.template ?? '',
    cpu: row.cpu ?? 0,
    memory_mb: row.memoryMb ?? 0,
    status: row.status ?? '',
    guest_ip: row.guestIp ?? '',
    host_tap: row.hostTap ?? '',
    mac: row.mac ?? '',
    vsock_cid: row.vsockCid ?? 0,
    from_snapshot: row.fromSnapshot ?? '',
    created_at: new Date((row.createdAt ?? 0) * 1_000).toISOString(),
    boot_ms: row.bootMs ?? 0,
    boot_mode: row.bootMode ?? '',
    metadata: readMetadata(row.metadata),
  };
}

/** Keys that begin with "secret." are written, never read. */
export function withoutSecrets(metadata: Metadata): Metadata {
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => !key.startsWith('secret.')));
}

function readMetadata(text: string | null): Metadata {
  try {
    return withoutSecrets(JSON.parse(text ?? '{}') as Metadata);
  } catch {
    return {};
  }
}
