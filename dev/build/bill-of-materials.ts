import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/** What is shipped, as CycloneDX: every package of the lockfile that is not for development alone. Throws when npm cannot tell. */
function billOfMaterials(root: string): string {
  const npm = process.env.npm_execpath;
  const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--omit=dev', '--package-lock-only'];
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 100_000_000 } as const;
  const result = npm?.endsWith('.js') ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, options);
  if (result.status !== 0) throw new Error(`npm sbom failed: ${result.stderr || result.stdout}`);
  const bill = JSON.parse(result.stdout);
  // npm names the product after the folder it happens to lie in.
  bill.metadata.component.name = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).name;
  return `${JSON.stringify(bill, null, 2)}\n`;
}

export function writeBillOfMaterials(root: string, file: string): void {
  writeFileSync(file, billOfMaterials(root));
}

if (process.argv[1] === import.meta.filename) process.stdout.write(billOfMaterials(join(import.meta.dirname, '..', '..')));
