import { agentAuditLog, bootEvents, sandboxEvents, usageEvents } from '@/db/schema';
import { type Agent, type Sandbox, workspaceOf } from '../agent';

const MS = 1_000;
const unixNow = () => Math.floor(Date.now() / MS);

/** Begins to write a row that nobody waits for, as the real agent does after its answer; stop() waits for all of them. */
export function inBackground(agent: Agent, work: Promise<unknown>): void {
  const settled = work
    .catch((error: unknown) => agent.log(`a row was not written: ${String(error)}`))
    .finally(() => agent.writing.delete(settled));
  agent.writing.add(settled);
}

export async function recordBoot(agent: Agent, sandbox: Sandbox): Promise<void> {
  const { id: sandboxId, template, bootMode, bootMs } = sandbox;
  agent.boots.unshift({ sandboxId, workspace: workspaceOf(sandbox), template, bootMode, bootMs, at: new Date() });
  await agent.database.insert(bootEvents).values({ sandboxId, template, bootMode, bootMs, ts: unixNow() });
}

interface SandboxEvent {
  type: string;
  code?: string;
  metadata?: Record<string, unknown>;
}

export async function recordEvent(
  agent: Agent,
  sandbox: Sandbox,
  { type, code = '', metadata = {} }: SandboxEvent,
): Promise<void> {
  await agent.database.insert(sandboxEvents).values({
    sandboxId: sandbox.id,
    workspaceId: workspaceOf(sandbox),
    type,
    code,
    metadata: { template: sandbox.template, ...metadata },
  });
}

/** What a sandbox used since it began to run; nothing while it lies hibernated. */
export async function recordUsage(agent: Agent, sandbox: Sandbox, event: string): Promise<void> {
  if (sandbox.runningSince === undefined) return;
  const durationSec = Math.round((Date.now() - sandbox.runningSince) / MS);
  sandbox.runningSince = undefined;
  await agent.database.insert(usageEvents).values({
    ts: unixNow(),
    workspace: workspaceOf(sandbox),
    sandboxId: sandbox.id,
    template: sandbox.template,
    event,
    cpuCount: sandbox.cpu,
    memMb: sandbox.memoryMb,
    durationSec,
    cpuSeconds: durationSec * sandbox.cpu,
    gbSeconds: (durationSec * sandbox.memoryMb) / 1_024,
  });
}

interface AuditedCall {
  workspace: string;
  requestId: string;
  method: string;
  path: string;
  status: number;
}

/** The agents' own trail of calls that change something. */
export async function recordCall(agent: Agent, call: AuditedCall): Promise<void> {
  await agent.database.insert(agentAuditLog).values({ ts: unixNow(), actor: '', meta: '', ...call });
}
