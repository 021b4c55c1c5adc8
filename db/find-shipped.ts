import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';

/**
 * A file or folder that ships with this product (`drizzle`, a package), looked for beside the running program, in the working
 * folder, and in every folder above them: the same code runs from the repository, the standalone folder and a bundle.
 */
export function findShipped(path: string): string | undefined {
  const program = process.argv[1];
  for (const folder of [...(program ? ancestors(dirname(program)) : []), ...ancestors(process.cwd())]) {
    const candidate = join(/* turbopackIgnore: true */ folder, path);
    if (existsSync(candidate)) return candidate;
  }
  return undefined;
}

function ancestors(folder: string): string[] {
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
