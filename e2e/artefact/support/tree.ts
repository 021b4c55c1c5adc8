import { globSync, lstatSync } from 'node:fs';
import { join } from 'node:path';

/** Every entry of a folder with its size, mode and time of last change, which no program can set back. */
export function treeOf(folder: string): string[] {
  return globSync('**/{*,.*}', { cwd: folder })
    .map((path) => {
      const { size, mode, ctimeMs } = lstatSync(join(folder, path));
      return `${path} ${size} ${mode.toString(8)} ${ctimeMs}`;
    })
    .toSorted();
}
