import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { version } from '@/package.json';

let build: string | undefined;

/** The release and the build this process runs; build is "development" outside a built product. */
export function productVersion(): { version: string; build: string } {
  build ??= readBuildId();
  return { version, build };
}

function readBuildId(): string {
  try {
    return readFileSync(join(process.cwd(), '.next', 'BUILD_ID'), 'utf8').trim();
  } catch {
    return 'development';
  }
}
