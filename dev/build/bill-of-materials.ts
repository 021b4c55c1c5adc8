import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

interface Component {
  'bom-ref': string;
  name: string;
  version: string;
}
interface Bill {
  metadata: { component: Component };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}
interface LockedPackage {
  version: string;
  dev?: boolean;
  devOptional?: boolean;
}
interface Lockfile {
  name: string;
  packages: Record<string, LockedPackage>;
}

/** What is shipped, as CycloneDX: every package of the lockfile that is not for development alone. Throws when npm cannot tell. */
function billOfMaterials(root: string): string {
  const bill: Bill = JSON.parse(everythingLocked(root));
  const { name, packages }: Lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  // npm's own --omit=dev also leaves out what is shipped and developed with, such as jose.
  const shipped = shippedPackages(packages);
  const components = bill.components.filter((one) => shipped.has(`${one.name}@${one.version}`));
  const refs = new Set([bill.metadata.component, ...components].map((one) => one['bom-ref']));
  const dependencies = bill.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) }));
  // npm names the product after the folder it happens to lie in.
  const metadata = { ...bill.metadata, component: { ...bill.metadata.component, name } };
  return `${JSON.stringify({ ...bill, metadata, components, dependencies }, null, 2)}\n`;
}

function everythingLocked(root: string): string {
  const npm = process.env.npm_execpath;
  const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 100_000_000 } as const;
  const result = npm?.endsWith('.js') ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, options);
  if (result.status !== 0) throw new Error(`npm sbom failed: ${result.stderr || result.stdout}`);
  return result.stdout;
}

/** `name@version` of every package that is not for development alone. */
export function shippedPackages(packages: Lockfile['packages']): Set<string> {
  const shipped = Object.entries(packages).filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional);
  return new Set(shipped.map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`));
}

export function writeBillOfMaterials(root: string, file: string): void {
  writeFileSync(file, billOfMaterials(root));
}

if (process.argv[1] === import.meta.filename) process.stdout.write(billOfMaterials(join(import.meta.dirname, '..', '..')));
