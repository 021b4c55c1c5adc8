import type { Metadata } from '../agent';
import { answer, type Call, number, Refusal, type Route, readJson, seesEverything, text } from '../http/call';
import { findSandboxRow, listSandboxRows } from '../registry/sandbox-rows';
import { createSandbox, type NewSandbox, presentSandbox } from '../sandboxes/create-sandbox';
import { deleteSandbox } from '../sandboxes/delete-sandbox';

/** Whoever owns a managed database or a hosted app deletes it there; only that part of the control plane may say so here. */
const OWNERS = ['db-api', 'apps-api'];
const MANAGED_TEMPLATE = 'postgres-16';

export const sandboxRoutes: Route[] = [
  ['POST', '/sandboxes', create],
  ['GET', '/sandboxes', list],
  ['GET', '/sandboxes/:id', get],
  ['DELETE', '/sandboxes/:id', remove],
];

async function create(call: Call): Promise<void> {
  const { agent, workspace } = call;
  const body = await readJson(call);
  if (!seesEverything(workspace)) checkTemplateOwner(call, body);
  const sandbox = await createSandbox(agent, readNewSandbox(call, body));
  answer(call, 201, presentSandbox(sandbox));
}

/** A snapshot's owner is not asked here: that is the control plane's to know, with the real agent too. */
function readNewSandbox({ agent, workspace }: Call, body: Record<string, unknown>): NewSandbox {
  const snapshot = agent.snapshots.get(text(body.from_snapshot));
  const ttlSeconds = readTtl(body);
  const volumes = Array.isArray(body.volumes) ? body.volumes.map(({ name }) => text(name)) : [];
  if (!body.template && !body.from_snapshot) throw new Error('either template or from_snapshot must be provided');
  if (body.from_snapshot && !snapshot) throw new Error('snapshot not found');
  if (snapshot && volumes.length > 0) throw new Error('volumes cannot be attached when restoring from a snapshot');
  return {
    template: snapshot?.template ?? text(body.template),
    metadata: { ...readMetadata(body.metadata), ...(!seesEverything(workspace) && { workspace }) },
    ttlSeconds,
    persistent: body.persistent === true,
    volumes,
    ...(snapshot && { from: { snapshotId: snapshot.id, folder: snapshot.folder, bootMode: 'snapshot' } }),
  };
}

function checkTemplateOwner({ agent, workspace }: Call, body: Record<string, unknown>): void {
  if (body.from_snapshot) return;
  const owner = agent.templates.get(text(body.template))?.owner;
  if (owner && owner !== workspace) throw new Refusal(403, 'template not accessible');
}

/** Throws for what is no whole number of seconds from 0. */
export function readTtl(body: Record<string, unknown>): number | undefined {
  const seconds = number(body.ttl_seconds);
  if (seconds === undefined || (Number.isSafeInteger(seconds) && seconds >= 0)) return seconds;
  throw new Refusal(400, 'ttl_seconds must be non-negative');
}

/** Only strings; anything else is no metadata to the real agent either. */
export function readMetadata(value: unknown): Metadata {
  const entries = Object.entries(value && typeof value === 'object' ? value : {});
  const wrong = entries.find(([, one]) => typeof one !== 'string');
  if (wrong) throw new Refusal(400, `metadata.${wrong[0]} must be a string`);
  return Object.fromEntries(entries);
}

async function list(call: Call): Promise<void> {
  const { agent, workspace } = call;
  const rows = await listSandboxRows(agent);
  answer(call, 200, seesEverything(workspace) ? rows : rows.filter(({ metadata }) => metadata.workspace === workspace));
}

async function get(call: Call): Promise<void> {
  const row = await findSandboxRow(call.agent, call.params.id ?? '');
  if (!row) throw new Refusal(404, 'not found');
  answer(call, 200, row);
}

async function remove(call: Call): Promise<void> {
  const { agent, params, request } = call;
  const id = params.id ?? '';
  const row = await findSandboxRow(agent, id);
  const managed = row && (row.template === MANAGED_TEMPLATE || row.metadata.kind === 'app' || row.metadata['app.id']);
  if (managed && !OWNERS.includes(String(request.headers['x-pandastack-auth-method']))) {
    throw new Refusal(409, 'managed sandbox: delete it from the feature that owns it (Databases or Apps)');
  }
  await deleteSandbox(agent, id);
  answer(call, 204);
}
