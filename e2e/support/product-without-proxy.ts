import { cpSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PRODUCT } from './own-product';

/** A copy of the built product from which proxy.ts is gone, as if somebody had deleted the file: the pages stand alone. */
export function productWithoutProxy(folder: string): string {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of ['.next', 'db', 'drizzle', 'package.json', 'server.js', 'server.mjs']) {
    cpSync(join(PRODUCT, part), join(folder, part), { recursive: true, verbatimSymlinks: true });
  }
  symlinkSync(realpathSync(join(PRODUCT, 'node_modules')), join(folder, 'node_modules'));
  const manifest = join(folder, '.next', 'server', 'functions-config-manifest.json');
  const { functions, ...rest }: { functions: Record<string, unknown> } = JSON.parse(readFileSync(manifest, 'utf8'));
  const { '/_middleware': proxy, ...others } = functions;
  if (proxy === undefined) throw new Error('The build names its proxy elsewhere: nothing was taken out');
  writeFileSync(manifest, JSON.stringify({ ...rest, functions: others }));
  rmSync(join(folder, '.next', 'server', 'middleware.js'));
  return folder;
}
