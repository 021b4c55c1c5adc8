import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { findShipped } from '@/db/find-shipped';
import { version } from '@/package.json';

export interface ProductVersion {
  version: string;
  build: string;
  /** The newest migration of this build, which a started server has applied. */
  schema: string;
}

let read: ProductVersion | undefined;

/** The release, the build and the tables this process works with; build is "development" outside a built product. */
export function productVersion(): ProductVersion {
  read ??= { version, build: readBuildId(), schema: newestMigration() };
  return read;
}

function newestMigration(): string {
  const migrations = readdirSync(findShipped('drizzle') ?? 'drizzle').filter((name) => /^\d+_.*\.sql$/.test(name));
  return migrations.toSorted().at(-1)?.replace('.sql', '') ?? 'none';
}

function readBuildId(): string {
  try {
    return readFileSync(join(process.cwd(), '.next', 'BUILD_ID'), 'utf8').trim();
  } catch {
    return 'development';
  }
}
