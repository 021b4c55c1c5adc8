import { randomUUID } from 'node:crypto';
import { cp, mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Agent, type Metadata, type Sandbox, workspaceOf } from '../agent';
import { inBackground, recordBoot, recordEvent } from '../registry/event-rows';
import { acquireLease } from '../registry/leases';
import { deleteSandboxRow, saveSandbox, withoutSecrets } from '../registry/sandbox-rows';
import { endSandbox } from './delete-sandbox';
import { emit } from './emit';

const DEFAULT_TTL_SECONDS = 300;

export interface NewSandbox {
  template: string;
  metadata: Metadata;
  ttlSeconds?: number | undefined;
  persistent?: boolean | undefined;
  volumes?: string[];
  /** The folder it begins with, and what that is called. */
  from?: { snapshotId: string; folder: string; bootMode: string };
}

/** Makes a sandbox's folder and its row; lease, boot and event follow on their own. */
export async function createSandbox(agent: Agent, wanted: NewSandbox): Promise<Sandbox> {
  const began = performance.now();
  const sandbox = await layOut(agent, wanted);
  await saveSandbox(agent, sandbox);
  await furnish(agent, sandbox, wanted).catch(async (error: unknown) => {
    await endSandbox(sandbox);
    await deleteSandboxRow(agent, sandbox.id);
    throw error;
  });
  agent.sandboxes.set(sandbox.id, sandbox);
  sandbox.status = 'running';
  sandbox.runningSince = Date.now();
  sandbox.bootMs = Math.max(1, Math.round(performance.now() - began));
  await saveSandbox(agent, sandbox);
  tell(agent, sandbox);
  return sandbox;
}

async function layOut(agent: Agent, { template: name, metadata, ttlSeconds, persistent, from }: NewSandbox): Promise<Sandbox> {
  const template = agent.templates.get(name);
  if (!template) throw new Error(`template ${JSON.stringify(name)} is not on this host`);
  const id = randomUUID();
  const home = join(agent.folder, 'sandboxes', id);
  const root = join(home, 'root');
  await mkdir(root, { recursive: true });
  const real = await realpath(root);
  return {
    ...{ id, template: name, cpu: template.cpu, memoryMb: template.memoryMb, metadata },
    status: 'creating',
    fromSnapshot: from?.snapshotId ?? '',
    bootMs: 0,
    bootMode: from?.bootMode ?? 'cold',
    createdAt: new Date(),
    persistent: persistent ?? false,
    ttlSeconds: ttlSeconds ?? DEFAULT_TTL_SECONDS,
    root: real,
    reachable: [real],
    console: join(home, 'console.log'),
    lastActivity: Date.now(),
    runningSince: undefined,
    groups: new Set(),
    resumed: undefined,
    sessions: new Map(),
    events: [],
    listeners: new Set(),
  };
}

async function furnish(agent: Agent, sandbox: Sandbox, { from, volumes = [] }: NewSandbox): Promise<void> {
  if (from) await cp(from.folder, sandbox.root, { recursive: true, verbatimSymlinks: true });
  await mkdir(join(sandbox.root, 'tmp'), { recursive: true });
  await writeFile(sandbox.console, `sandbox ${sandbox.id} runs\n`);
  for (const name of volumes) {
    const volume = agent.volumes.find((one) => one.name === name && one.workspace === workspaceOf(sandbox));
    if (!volume) throw new Error(`volume ${JSON.stringify(name)}: not found`);
    await mkdir(join(sandbox.root, 'volumes'), { recursive: true });
    await symlink(volume.folder, join(sandbox.root, 'volumes', name));
    sandbox.reachable.push(volume.folder);
  }
}

function tell(agent: Agent, sandbox: Sandbox): void {
  const { bootMs: boot_ms, bootMode: boot_mode, template } = sandbox;
  emit(sandbox, 'sandbox.running', { template, boot_ms, boot_mode });
  inBackground(agent, acquireLease(agent, sandbox));
  inBackground(agent, recordBoot(agent, sandbox));
  inBackground(agent, recordEvent(agent, sandbox, { type: 'running', code: boot_mode, metadata: { boot_ms } }));
}

/** A sandbox as a create answers it. */
export function presentSandbox(sandbox: Sandbox): Record<string, unknown> {
  return {
    id: sandbox.id,
    template: sandbox.template,
    cpu: sandbox.cpu,
    memory_mb: sandbox.memoryMb,
    status: sandbox.status,
    guest_ip: '127.0.0.1',
    host_tap: '',
    mac: '',
    vsock_cid: 0,
    metadata: withoutSecrets(sandbox.metadata),
    ...(sandbox.fromSnapshot && { from_snapshot: sandbox.fromSnapshot }),
    boot_ms: sandbox.bootMs,
    boot_mode: sandbox.bootMode,
    created_at: sandbox.createdAt.toISOString(),
  };
}
