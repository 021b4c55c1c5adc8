import { rm } from 'node:fs/promises';
import type { Snapshot } from '../agent';
import { answer, type Call, Refusal, type Route, sandboxOf, seesEverything } from '../http/call';
import { deleteSnapshotRow } from '../registry/sandbox-rows';
import { presentSnapshot, takeSnapshot } from '../sandboxes/take-snapshot';

export const snapshotRoutes: Route[] = [
  ['POST', '/sandboxes/:id/snapshots', take],
  ['GET', '/snapshots', list],
  ['GET', '/snapshots/:snapshot', (call) => answer(call, 200, presentSnapshot(find(call)))],
  ['DELETE', '/snapshots/:snapshot', remove],
];

async function take(call: Call): Promise<void> {
  const { workspace: _, template: __, ...snapshot } = presentSnapshot(await takeSnapshot(call.agent, sandboxOf(call)));
  answer(call, 201, snapshot);
}

const isTheirs = (workspace: string) => (snapshot: Snapshot) => seesEverything(workspace) || snapshot.workspace === workspace;

function list(call: Call): void {
  const wanted = call.query.get('sandbox_id');
  const theirs = [...call.agent.snapshots.values()].filter(isTheirs(call.workspace));
  const found = theirs.filter(({ sandboxId }) => !wanted || sandboxId === wanted);
  answer(call, 200, { snapshots: found.reverse().map(presentSnapshot) });
}

function find({ agent, params, workspace }: Call): Snapshot {
  const snapshot = agent.snapshots.get(params.snapshot ?? '');
  if (snapshot && isTheirs(workspace)(snapshot)) return snapshot;
  throw new Refusal(404, 'snapshot not found');
}

async function remove(call: Call): Promise<void> {
  const { id, folder } = find(call);
  call.agent.snapshots.delete(id);
  await deleteSnapshotRow(call.agent, id);
  await rm(folder, { recursive: true, force: true });
  answer(call, 204);
}
