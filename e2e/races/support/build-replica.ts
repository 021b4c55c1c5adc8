import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Below node_modules, so that what is left out of the bundle is found. */
export const REPLICA = fileURLToPath(new URL('../../../node_modules/.cache/races/replica.mjs', import.meta.url));

/** Makes one file of the replica, once for a run: a dozen processes start from it, and none has to translate the product. */
export default async function buildReplica(): Promise<void> {
  await build({
    entryPoints: [fileURLToPath(new URL('replica.ts', import.meta.url))],
    outfile: REPLICA,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'warning',
  });
}
