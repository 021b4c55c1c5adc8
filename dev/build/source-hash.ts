import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const SOURCES = [
  '{app,lib,db,server,cli,messages,public}/**/*.*',
  'drizzle/**/*.*',
  'dev/build/*.ts',
  'dev/{build,generate-routes}.ts',
  '{server,proxy,instrumentation,next.config}.ts',
  '{package,package-lock,tsconfig}.json',
  'postcss.config.mjs',
];

/** A digest of everything the built product is made of: equal digests, equal products. */
export function sourceHash(root: string): string {
  const entries = globSync(SOURCES, { cwd: root, exclude: ['**/*.test.{ts,tsx}'] }).sort();
  const files = entries.filter((entry) => statSync(join(root, entry)).isFile());
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}`);
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 20);
}
