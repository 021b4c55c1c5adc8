import { lstat, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { Sandbox } from '../agent';
import { Refusal } from '../http/call';

const LEADS_OUT = 'the path leads out of the sandbox';

/**
 * Where a path of the sandbox lies on this machine. Throws when it is not absolute, climbs, or leads out over a symbolic link; what
 * commands leave between this look and the use of the path nobody can know: the stand-in isolates nothing.
 */
export async function inside(sandbox: Sandbox, path: string): Promise<string> {
  if (!path.startsWith('/')) throw new Error(`path must be absolute, got ${JSON.stringify(path)}`);
  if (path.includes('\0') || path.split('/').includes('..')) throw new Refusal(400, LEADS_OUT);
  const place = join(sandbox.root, path);
  const real = await realpathOfNearest(place);
  const allowed = sandbox.reachable.some((folder) => real === folder || real.startsWith(folder + sep));
  if (!allowed) throw new Refusal(400, LEADS_OUT);
  return place;
}

/** The real place of the path, or of the nearest folder above it that exists. */
async function realpathOfNearest(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A link that leads nowhere yet would be followed by a write.
    if ((code !== 'ENOENT' && code !== 'ENOTDIR') || (await isLink(path))) throw new Refusal(400, LEADS_OUT);
    return realpathOfNearest(dirname(path));
  }
}

async function isLink(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}
