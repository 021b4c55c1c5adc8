import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Agent, Build } from '../agent';
import { answer, type Call, Refusal, type Route } from '../http/call';
import { openEventStream } from '../http/event-stream';
import { readUpload, type Upload } from '../http/read-upload';
import { isTemplateName } from './templates';

/** Of a template that names none. */
const DEFAULTS = { size_mb: 1_024, cpu: 1, memory_mb: 1_024 };
const BOUNDS = { size_mb: [1, 16_384], cpu: [1, 64], memory_mb: [128, 65_536] } as const;

// As with the real agent builds are everybody's to see: whose they are stands in owner_workspace, for the control plane to look at.
export const buildRoutes: Route[] = [
  ['POST', '/templates/build', build],
  ['GET', '/templates/builds', (call) => answer(call, 200, [...call.agent.builds.values()].map(present))],
  ['GET', '/templates/builds/:build', (call) => answer(call, 200, present(find(call)))],
  ['GET', '/templates/builds/:build/logs', logs],
];

async function build(call: Call): Promise<void> {
  const { agent, request, workspace } = call;
  const upload = await readUpload(request);
  const name = (upload.fields.get('name') ?? '').trim();
  if (!isTemplateName(name)) throw new Refusal(400, 'invalid name (use [a-zA-Z0-9._-])');
  const [sizeMb, cpu, memoryMb] = [sizeOf(upload, 'size_mb'), sizeOf(upload, 'cpu'), sizeOf(upload, 'memory_mb')];
  checkReplace(call, name, upload);
  const file = upload.files.get('rootfs');
  if (!file) throw new Refusal(400, 'rootfs file required');
  const begun: Build = {
    ...{ id: randomBytes(8).toString('hex'), name, status: 'queued', startedAt: new Date() },
    ...{ sizeMb, cpu, memoryMb, bytes: file.bytes, owner: workspace },
  };
  agent.builds.set(begun.id, begun);
  answer(call, 202, present(begun));
  await once(call.response, 'close');
  finish(agent, begun);
}

function sizeOf({ fields }: Upload, name: keyof typeof BOUNDS): number {
  const given = Number.parseInt(fields.get(name) ?? '', 10);
  const size = given > 0 ? given : DEFAULTS[name];
  const [least, most] = BOUNDS[name];
  if (size < least || size > most) throw new Refusal(400, `${name} out of range (${least}..${most})`);
  return size;
}

function checkReplace({ agent, query, workspace }: Call, name: string, { fields }: Upload): void {
  const existing = agent.templates.get(name);
  if (!existing) return;
  const replace = fields.get('replace') === 'true' || query.get('replace') === 'true';
  if (!replace) throw new Refusal(409, 'template already exists; pass replace=true to overwrite');
  if (existing.owner === '') throw new Refusal(403, 'public template cannot be replaced');
  if (existing.owner !== workspace) throw new Refusal(403, 'not the template owner');
}

/** Nothing is built: the template is a name for the same empty folder. */
function finish(agent: Agent, build: Build): void {
  build.endedAt = new Date();
  if (build.bytes === 0) return void Object.assign(build, { status: 'failed', error: 'tar extract: the file is empty' });
  build.status = 'done';
  const { name, cpu, memoryMb, bytes, owner } = build;
  agent.templates.set(name, { name, cpu, memoryMb, sizeBytes: bytes, owner });
}

function find({ agent, params }: Call): Build {
  const found = agent.builds.get(params.build ?? '');
  if (found) return found;
  throw new Refusal(404, 'build not found');
}

async function logs(call: Call): Promise<void> {
  const { name, bytes, status, error } = find(call);
  const { send, end } = openEventStream(call.response);
  await send('line', { line: `${name}: ${bytes} bytes received, none of them kept` });
  if (error) await send('line', { line: error });
  await send('done', { status });
  end();
}

function present(build: Build) {
  return {
    id: build.id,
    name: build.name,
    status: build.status,
    ...(build.error && { error: build.error }),
    started_at: build.startedAt.toISOString(),
    ...(build.endedAt && { ended_at: build.endedAt.toISOString() }),
    size_mb: build.sizeMb,
    cpu: build.cpu,
    memory_mb: build.memoryMb,
    bytes: build.bytes,
    ...(build.owner && { owner_workspace: build.owner }),
  };
}
