import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

interface LockedPackage {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}
export interface Lockfile {
  packages: Record<string, LockedPackage>;
}

const OSES = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openbsd', 'netbsd', 'sunos', 'aix', 'openharmony'];
const CPUS = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32'];
const SPELLINGS: Record<string, string> = {
  armeabi: 'arm',
  'arm-eabi': 'arm',
  gnueabihf: 'arm',
  musleabihf: 'arm',
  windows: 'win32',
  wasi: '',
};

/** The optional dependencies that no entry of the lockfile answers, as `name@version`. */
export function missingFromLock({ packages }: Lockfile): string[] {
  return unanswered(packages).map(({ name, version }) => `${name}@${version}`);
}

/**
 * npm writes the binaries of other platforms into the lockfile only when the registry it spoke to holds them; without them
 * `npm ci` refuses the file. Names each with its version and platform, so that only that platform fetches it.
 */
export function completeLock(lock: Lockfile): Lockfile {
  const packages = { ...lock.packages };
  for (const { name, version, dev } of unanswered(packages)) {
    packages[`node_modules/${name}`] = { version, ...(dev ? { dev } : {}), optional: true, ...platformOf(name) };
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...lock, packages: Object.fromEntries(sorted) };
}

function unanswered(packages: Lockfile['packages']): { name: string; version: string; dev: boolean }[] {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev = false }]) =>
    Object.entries(optionalDependencies).flatMap(([name, range]) => {
      const known = packages[`${path}/node_modules/${name}`] ?? packages[`node_modules/${name}`];
      return known ? [] : [{ name, version: range.replace(/^[~^]/, ''), dev }];
    }),
  );
}

function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[/-]/).map((word) => SPELLINGS[word] ?? word);
  const os = OSES.filter((known) => words.includes(known));
  const cpu = CPUS.filter((known) => words.includes(known));
  const libc = words.includes('musl') ? ['musl'] : words.includes('gnu') ? ['glibc'] : [];
  if (os.length + cpu.length === 0) throw new Error(`${name}: which platform is this for?`);
  return { ...(cpu.length ? { cpu } : {}), ...(libc.length ? { libc } : {}), ...(os.length ? { os } : {}) };
}

if (process.argv[1] === import.meta.filename) {
  const file = join(import.meta.dirname, '..', 'package-lock.json');
  const lock: Lockfile = JSON.parse(readFileSync(file, 'utf8'));
  console.log(missingFromLock(lock).join('\n'));
  writeFileSync(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
}
