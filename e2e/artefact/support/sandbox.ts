import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { RECIPE } from '../../../dev/artefact/recipe';
import { PRODUCT } from '../../../dev/build';

const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** Whether this machine lets us make what a container is made of: a file system of its own that is read-only, and process number 1. */
export const CONTAINED =
  isRoot && spawnSync('unshare', ['--mount', '--pid', '--fork', 'mount', '-o', 'remount,bind,ro', '/']).status === 0;

const NO_RIGHTS = [
  `--reuid=${NOBODY}`,
  `--regid=${NOBODY}`,
  '--clear-groups',
  '--bounding-set=-all',
  '--inh-caps=-all',
  '--no-new-privs',
];

// What `docker run --read-only --cap-drop ALL --security-opt no-new-privileges --tmpfs /tmp -v data:/data` does, by hand.
const CONTAIN = `
set -e
for writable in "$SANDBOX/data" "$SANDBOX/tmp"; do mount --bind "$writable" "$writable"; done
mount --bind "$SANDBOX/app" "$SANDBOX/app"
mount -o remount,bind,ro "$SANDBOX/app"
mount -o remount,bind,ro /
mount --bind "$SANDBOX/tmp" /tmp
cd "$SANDBOX_CWD"
unset SANDBOX SANDBOX_CWD
exec setpriv ${NO_RIGHTS.join(' ')} "$@"
`;

export interface Sandbox {
  app: string;
  data: string;
  tmp: string;
  remove(): void;
}

/** A copy of the built product far from its sources, which nobody may write, with a data folder and a folder for /tmp beside it. */
export function newSandbox({ without = [] }: { without?: readonly string[] } = {}): Sandbox {
  const root = mkdtempSync(join(isRoot ? '/var/tmp' : tmpdir(), 'pandastack-artefact-'));
  const [app, data, tmp] = ['app', 'data', 'tmp'].map((name) => join(root, name)) as [string, string, string];
  const left = new Set(without.flatMap((pattern) => globSync(pattern, { cwd: PRODUCT })).map((path) => join(PRODUCT, path)));
  cpSync(PRODUCT, app, { recursive: true, verbatimSymlinks: true, filter: (source) => !left.has(source) });
  // The runtime too: this one's own folder may be closed to others, or lie where the container sees something else.
  mkdirSync(join(root, 'bin'));
  copyFileSync(process.execPath, join(root, 'bin', 'node'));
  for (const folder of [data, tmp]) {
    mkdirSync(folder);
    if (isRoot) chownSync(folder, NOBODY, NOBODY);
  }
  chmodSync(root, 0o755);
  spawnSync('chmod', ['-R', 'a-w,a+rX', app]);
  const remove = () => {
    spawnSync('chmod', ['-R', 'u+w', root]);
    rmSync(root, { recursive: true, force: true });
  };
  return { app, data, tmp, remove };
}

/** The environment of a container: what the image sets, what the operator says, and nothing of this shell. */
function environment({ data, tmp }: Sandbox, env: Record<string, string>): NodeJS.ProcessEnv {
  const path = `${join(dirname(data), 'bin')}:/usr/local/bin:/usr/bin:/bin`;
  const clean = { PATH: path, HOME: '/nonexistent', ...RECIPE.environment, PANDASTACK_DATA_DIR: data, ...env };
  // Below the real /tmp others are at work; inside, this folder is /tmp.
  return CONTAINED ? clean : { ...clean, TMPDIR: tmp };
}

/** Starts a program of the product there, as somebody without rights; contained as a container would be, where that is allowed. */
export function runInside(sandbox: Sandbox, command: readonly string[], env: Record<string, string>): ChildProcess {
  const inside = environment(sandbox, env);
  const stdio = ['ignore', 'pipe', 'pipe'] as ['ignore', 'pipe', 'pipe'];
  if (!CONTAINED) {
    const [program = '', ...args] = command;
    const identity = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
    return spawn(program, args, { ...identity, cwd: sandbox.app, env: inside, stdio });
  }
  const unshare = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', '-c', CONTAIN, 'contain'];
  const told = { ...inside, SANDBOX: dirname(sandbox.app), SANDBOX_CWD: sandbox.app };
  return spawn('unshare', [...unshare, ...command], { env: told, stdio });
}

/** A command beside the product that runs there already, as `docker exec` does it. */
function runBeside(sandbox: Sandbox, pid: number, [command, env]: [readonly string[], Record<string, string>]): ChildProcess {
  if (!CONTAINED) return runInside(sandbox, command, env);
  const enter = ['--target', String(pid), '--mount', '--pid', `--wd=${sandbox.app}`, 'setpriv', ...NO_RIGHTS];
  return spawn('nsenter', [...enter, ...command], { env: environment(sandbox, env), stdio: ['ignore', 'pipe', 'pipe'] });
}

/** What a command said, and how it ended; in a container of its own, or beside the process named. */
export async function callInside(
  sandbox: Sandbox,
  command: readonly string[],
  { env, beside }: { env: Record<string, string>; beside?: number },
) {
  const child = beside === undefined ? runInside(sandbox, command, env) : runBeside(sandbox, beside, [command, env]);
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output };
}

/** The process number, as seen from here, of what runs inside. */
export function pidInside(child: ChildProcess): number {
  if (!CONTAINED) return child.pid ?? 0;
  return Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0]);
}
