import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Agent, type Sandbox, type Snapshot, workspaceOf } from '../agent';
import { saveSnapshotRow } from '../registry/sandbox-rows';
import { copySandbox } from './copy-sandbox';

/** Keeps a copy of the sandbox's files. A real agent keeps its memory too. */
export async function takeSnapshot(agent: Agent, sandbox: Sandbox): Promise<Snapshot> {
  const id = randomUUID();
  const folder = join(agent.folder, 'snapshots', id);
  await copySandbox(sandbox, folder);
  const snapshot: Snapshot = {
    id,
    sandboxId: sandbox.id,
    workspace: workspaceOf(sandbox),
    template: sandbox.template,
    createdAt: new Date(),
    folder,
  };
  await saveSnapshotRow(agent, snapshot);
  agent.snapshots.set(id, snapshot);
  return snapshot;
}

export function presentSnapshot({ id, sandboxId, workspace, template, createdAt }: Snapshot) {
  return {
    id,
    sandbox_id: sandboxId,
    created_at: createdAt.toISOString(),
    mem_path: `snapshots/${id}/vm.mem`,
    state_path: `snapshots/${id}/vm.state`,
    template,
    workspace,
  };
}
