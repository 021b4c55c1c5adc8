import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Volume } from '../agent';
import { answer, type Call, number, Refusal, type Route, readJson, seesEverything, text } from '../http/call';
import { isTemplateName } from './templates';

const MIB = 1_048_576;
const DEFAULT_SIZE_MB = 256;
const MAX_SIZE_MB = 65_536;

export const volumeRoutes: Route[] = [
  ['GET', '/volumes', list],
  ['POST', '/volumes', create],
  ['GET', '/volumes/:name', (call) => answer(call, 200, present(find(call)))],
  ['DELETE', '/volumes/:name', remove],
];

/** Volumes of the operator of the machine lie in one place, whatever magic name they come under. */
const placeOf = ({ workspace }: Call) => (seesEverything(workspace) ? '' : workspace);
const present = ({ name, sizeMb }: Volume) => ({ name, size_mb: sizeMb, size_bytes: sizeMb * MIB });

function list(call: Call): void {
  const theirs = call.agent.volumes.filter(({ workspace }) => workspace === placeOf(call));
  answer(call, 200, theirs.toSorted((a, b) => a.name.localeCompare(b.name)).map(present));
}

async function create(call: Call): Promise<void> {
  const { agent } = call;
  const body = await readJson(call);
  const [name, sizeMb] = [text(body.name), number(body.size_mb) || DEFAULT_SIZE_MB];
  if (!isTemplateName(name)) throw new Refusal(400, 'invalid name');
  if (sizeMb > MAX_SIZE_MB) throw new Refusal(400, `size_mb too large (max ${MAX_SIZE_MB})`);
  const workspace = placeOf(call);
  if (agent.volumes.some((one) => one.name === name && one.workspace === workspace)) {
    throw new Refusal(409, 'volume already exists');
  }
  const volume = { name, workspace, sizeMb: Math.max(1, sizeMb), folder: join(agent.folder, 'volumes', randomUUID()) };
  agent.volumes.push(volume);
  await mkdir(volume.folder, { recursive: true });
  answer(call, 201, present(volume));
}

function find(call: Call): Volume {
  const found = call.agent.volumes.find(({ name, workspace }) => name === call.params.name && workspace === placeOf(call));
  if (found) return found;
  throw new Refusal(404, 'not found');
}

async function remove(call: Call): Promise<void> {
  const { agent } = call;
  const volume = find(call);
  agent.volumes = agent.volumes.filter((one) => one !== volume);
  await rm(volume.folder, { recursive: true, force: true });
  answer(call, 204);
}
