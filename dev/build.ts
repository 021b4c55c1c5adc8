import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { writeBillOfMaterials } from './build/bill-of-materials';
import { bundleServer } from './build/bundle-server';
import { compressStatic } from './build/compress-static';
import { findLeaks, refusePublicSecrets, sentinelEnvironment } from './build/refuse-leaks';
import { sourceHash } from './build/source-hash';
import { copyTree, vendorPackages } from './build/vendor-packages';
import { vendorReference } from './build/vendor-reference';
import { writeApiRoutes } from './generate-routes';

const root = join(import.meta.dirname, '..');
/** The folder that ships: copied anywhere, `node server.mjs` runs in it. */
export const PRODUCT = join(root, '.next', 'standalone');
// Next traces paths made at run time as "the whole repository", and copies .env files too: all but these is dropped.
const FROM_NEXT = new Set(['.next', 'node_modules', 'package.json', 'server.js']);
const NEVER_SHIPPED = ['typescript', 'esbuild', '@esbuild', 'sharp', '@img', 'playwright', 'playwright-core'];
const STAMP = join(PRODUCT, '.built-from');

/** Builds the product unless it is there and made from these very sources. */
export async function buildProduct({ force = false } = {}): Promise<void> {
  refusePublicSecrets();
  writeApiRoutes();
  vendorReference(root);
  const hash = sourceHash(root);
  if (!force && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return;
  console.log('Building …');
  const startedAt = performance.now();
  rmSync(STAMP, { force: true });
  buildPages(hash);
  await assemble();
  refuseLeaks();
  writeFileSync(STAMP, hash);
  console.log(`Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s → ${PRODUCT}`);
}

/** What leaks must not lie about to be shipped. */
function refuseLeaks(): void {
  const leaks = findLeaks(PRODUCT);
  if (leaks.length === 0) return;
  rmSync(PRODUCT, { recursive: true });
  throw new Error(`The build holds what it must not, so it was removed:\n  ${leaks.join('\n  ')}`);
}

/** `next build` in a folder, with sentinels in place of every variable of the product. Throws when it fails. */
export function buildPages(buildId: string, folder = root): void {
  const next = join(root, 'node_modules', 'next', 'dist', 'bin', 'next');
  const result = spawnSync(process.execPath, [next, 'build'], { cwd: folder, env: buildEnvironment(buildId), encoding: 'utf8' });
  if (result.status === 0) return;
  console.error(result.stdout, result.stderr);
  throw new Error('next build failed');
}

// One build serves every project and domain, so it sees no configuration: neither this shell's nor an .env file's. What it sees
// in its place is found again by refuseLeaks().
function buildEnvironment(buildId: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PANDASTACK_|SUPABASE_|NEXT_PUBLIC_)/.test(name));
  const fixed = {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PRODUCT_BUILD_ID: buildId,
    __NEXT_PROCESSED_ENV: 'true',
  } as const;
  return { ...Object.fromEntries(kept), ...sentinelEnvironment(), ...fixed };
}

async function assemble(): Promise<void> {
  for (const name of readdirSync(PRODUCT)) if (!FROM_NEXT.has(name)) rmSync(join(PRODUCT, name), { recursive: true });
  for (const name of NEVER_SHIPPED) rmSync(join(PRODUCT, 'node_modules', name), { recursive: true, force: true });
  for (const folder of ['public', 'drizzle', 'db/clickhouse', '.next/static']) replaceFolder(folder);
  await compressStatic(join(PRODUCT, '.next', 'static'));
  vendorPackages(root, PRODUCT);
  await bundleServer(root, PRODUCT);
  writeBillOfMaterials(root, join(PRODUCT, 'sbom.cdx.json'));
}

function replaceFolder(folder: string): void {
  const target = join(PRODUCT, folder);
  rmSync(target, { recursive: true, force: true });
  if (existsSync(join(root, folder))) copyTree(join(root, folder), target);
}

if (process.argv[1] === import.meta.filename) {
  await buildProduct({ force: process.argv.includes('--force') }).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
