import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { completeLock, type Lockfile, missingFromLock } from './complete-lockfile';

const lock: Lockfile & { packages: Record<string, { resolved?: string }> } = JSON.parse(
  readFileSync('package-lock.json', 'utf8'),
);

test('the lockfile names the binaries of every platform, so that npm ci works on all of them', () => {
  expect(missingFromLock(lock)).toEqual([]);
});

test('the lockfile names no registry, so that everybody uses their own', () => {
  expect(Object.entries(lock.packages).filter(([, { resolved }]) => resolved)).toEqual([]);
});

test('what is missing is named with the platform that fetches it', () => {
  const partial: Lockfile = {
    packages: {
      'node_modules/a': { dev: true, optionalDependencies: { '@a/linux-arm64-musl': '1.0.0', '@a/wasm32-wasi': '^1.0.0' } },
    },
  };
  expect(completeLock(partial).packages).toMatchObject({
    'node_modules/@a/linux-arm64-musl': {
      version: '1.0.0',
      dev: true,
      optional: true,
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl'],
    },
    'node_modules/@a/wasm32-wasi': { version: '1.0.0', cpu: ['wasm32'] },
  });
});
