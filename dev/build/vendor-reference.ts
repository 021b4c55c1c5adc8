import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const FROM = ['node_modules', '@scalar', 'api-reference', 'dist', 'browser', 'standalone.js'];
const TO = ['public', 'vendor', 'api-reference.js'];

/** Puts the script of /docs where our own origin serves it: its package offers it from other people's servers. Never committed. */
export function vendorReference(root: string): void {
  mkdirSync(join(root, ...TO.slice(0, -1)), { recursive: true });
  copyFileSync(join(root, ...FROM), join(root, ...TO));
}
