import { createReadStream } from 'node:fs';
import { lstat, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { answer, type Call, Refusal, type Route, readBody, sandboxOf } from '../http/call';
import { inside } from '../sandboxes/inside';

const MAX_FILE_BYTES = 32 * 1_048_576;

export const fileRoutes: Route[] = [
  ['GET', '/sandboxes/:id/fs', read],
  ['PUT', '/sandboxes/:id/fs', write],
  ['DELETE', '/sandboxes/:id/fs', remove],
  ['GET', '/sandboxes/:id/fs/dir', list],
  ['GET', '/sandboxes/:id/fs/stat', look],
];

const pathOf = ({ query }: Call) => query.get('path') ?? '';
const placeOf = (call: Call) => inside(sandboxOf(call), pathOf(call));

/** Without the place on this machine that Node's own words would tell. */
function failed(verb: string, path: string) {
  return (error: NodeJS.ErrnoException): never => {
    throw error instanceof Refusal ? error : new Error(`${verb} ${path}: ${error.code ?? 'failed'}`);
  };
}

async function read(call: Call): Promise<void> {
  const place = await placeOf(call);
  const found = await stat(place).catch(failed('read', pathOf(call)));
  if (!found.isFile()) throw new Error(`read ${pathOf(call)}: not a file`);
  call.response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': found.size });
  if (found.size === 0) call.response.end();
  else await pipeline(createReadStream(place, { end: found.size - 1 }), call.response);
}

async function write(call: Call): Promise<void> {
  const place = await placeOf(call);
  const body = await readBody(call.request, MAX_FILE_BYTES);
  const save = async () => {
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, body);
  };
  await save().catch(failed('write', pathOf(call)));
  answer(call, 200, { path: pathOf(call), bytes: body.length });
}

async function remove(call: Call): Promise<void> {
  const sandbox = sandboxOf(call);
  const place = await inside(sandbox, pathOf(call));
  if (sandbox.reachable.includes(place)) throw new Error(`delete ${pathOf(call)}: the sandbox's own root`);
  await rm(place, { recursive: true, force: true }).catch(failed('delete', pathOf(call)));
  answer(call, 204);
}

async function list(call: Call): Promise<void> {
  const path = pathOf(call) || '/';
  const place = await inside(sandboxOf(call), path);
  const names = await readdir(place).catch(failed('listdir', path));
  const entries = await Promise.all(names.map((name) => entryOf(`${place}/${name}`)));
  answer(call, 200, { path, entries: entries.filter((entry) => entry !== undefined) });
}

async function look(call: Call): Promise<void> {
  const entry = await entryOf(await placeOf(call));
  if (!entry) throw new Refusal(404, 'file does not exist');
  answer(call, 200, { ...entry, name: basename(pathOf(call)) });
}

/** Undefined for what has gone meanwhile. */
async function entryOf(place: string) {
  const found = await lstat(place).catch(() => undefined);
  if (!found) return undefined;
  const mode = found.isDirectory() ? 'd' : found.isSymbolicLink() ? 'l' : 'f';
  return {
    name: basename(place),
    is_dir: mode === 'd',
    size: found.size,
    mode,
    mtime: Math.floor(found.mtimeMs / 1_000),
  };
}
