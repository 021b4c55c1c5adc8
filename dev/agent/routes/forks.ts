import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Metadata, type Sandbox, workspaceOf } from '../agent';
import { answer, type Call, number, Refusal, type Route, readOptionalJson, sandboxOf, text } from '../http/call';
import { listSandboxRows } from '../registry/sandbox-rows';
import { copySandbox } from '../sandboxes/copy-sandbox';
import { createSandbox } from '../sandboxes/create-sandbox';
import { deleteSandbox } from '../sandboxes/delete-sandbox';
import { emit } from '../sandboxes/emit';
import { pauseSandbox } from '../sandboxes/hibernate-sandbox';
import { takeSnapshot } from '../sandboxes/take-snapshot';
import { readMetadata } from './sandboxes';

const MOST_CHILDREN = 16;

export const forkRoutes: Route[] = [
  ['POST', '/sandboxes/:id/fork', fork],
  ['POST', '/sandboxes/:id/fork-tree', forkTree],
  ['POST', '/sandboxes/:id/promote', promote],
];

const childMetadata = (parent: Sandbox, more: Metadata): Metadata => ({
  ...(workspaceOf(parent) && { workspace: workspaceOf(parent) }),
  ...more,
});

/** How many, or the default for none named. Throws beyond what one machine bears. */
function countOf(body: Record<string, unknown>, byDefault: number, what: string): number {
  const count = Math.max(1, number(body.count) || byDefault);
  if (count > MOST_CHILDREN) throw new Error(`${what} count capped at ${MOST_CHILDREN}`);
  return count;
}

/** Children with the parent's files. After a "warm" one the parent stays paused, as with the real agent. */
async function fork(call: Call): Promise<void> {
  const { agent, query } = call;
  const parent = sandboxOf(call);
  const body = await readOptionalJson(call);
  const warm = body.mode === 'warm' || query.get('warm') === '1';
  const count = countOf(body, 1, 'fork');
  const snapshotId = randomUUID();
  const folder = join(agent.folder, 'forks', snapshotId);
  if (warm) await pauseSandbox(agent, parent);
  await copySandbox(parent, folder);
  emit(parent, 'fork.staged', { snapshot: snapshotId, count });
  const children: string[] = [];
  for (let index = 0; index < count; index++) {
    const metadata = childMetadata(parent, { forked_from: parent.id, ...(warm && { fork_mode: 'warm' }) });
    const from = { snapshotId, folder, bootMode: 'fork' };
    children.push((await createSandbox(agent, { template: parent.template, metadata, from })).id);
  }
  await rm(folder, { recursive: true, force: true });
  emit(parent, 'fork.completed', { snapshot: snapshotId, children });
  answer(call, 201, { parent_id: parent.id, snapshot_id: snapshotId, children, at: new Date().toISOString() });
}

/** The caller's metadata comes last, its workspace too: the real agent trusts the control plane to have looked at it. */
async function forkTree(call: Call): Promise<void> {
  const { agent } = call;
  const parent = sandboxOf(call);
  const body = await readOptionalJson(call);
  const count = countOf(body, 2, 'fork-tree');
  const extra = readMetadata(body.metadata);
  const snapshot = await takeSnapshot(agent, parent);
  const treeId = randomUUID();
  const tree = { fork_tree_id: treeId, fork_tree_role: 'child', fork_parent_id: parent.id };
  const from = { snapshotId: snapshot.id, folder: snapshot.folder, bootMode: 'snapshot' };
  const born = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const metadata = childMetadata(parent, { ...tree, fork_index: String(index), ...extra });
      return createSandbox(agent, { template: parent.template, metadata, from });
    }),
  );
  const children = born.map(({ id, bootMs, bootMode }) => ({ id, guest_ip: '127.0.0.1', boot_ms: bootMs, boot_mode: bootMode }));
  emit(parent, 'fork_tree.completed', { tree_id: treeId, snapshot: snapshot.id, requested: count, succeeded: count, failed: 0 });
  const at = new Date().toISOString();
  answer(call, 201, { tree_id: treeId, parent_id: parent.id, snapshot_id: snapshot.id, children, at });
}

/** Keeps the one child and, when asked, deletes every other of its tree. */
async function promote(call: Call): Promise<void> {
  const { agent, params } = call;
  const body = await readOptionalJson(call);
  const winner = params.id ?? '';
  const tree_id = text(body.tree_id);
  if (body.cleanup_siblings !== true) return answer(call, 200, { winner, tree_id, deleted: [] });
  if (!tree_id) throw new Refusal(400, 'tree_id required');
  const rows = await listSandboxRows(agent);
  const others = rows.filter(({ id, metadata }) => metadata.fork_tree_id === tree_id && id !== winner);
  for (const { id } of others) await deleteSandbox(agent, id);
  answer(call, 200, { winner, tree_id, deleted: others.map(({ id }) => id), failures: {} });
}
