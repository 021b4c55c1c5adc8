import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { callAs } from '@/e2e/support/test-people';
import { setConfig } from '@/e2e/support/test-project';
import { parseGatewayTarget } from '@/lib/gateway/gateway-path';
import { OPERATIONS } from './operations';
import { PASSED_OPERATIONS } from './passed-operations';

const run = promisify(execFile);
const read = () => callAs(null)('GET', '/v1/openapi.json');

beforeEach(() => {
  setConfig(stub());
});

function stub(overrides: Record<string, string> = {}) {
  return { PANDASTACK_AUTH_MODE: 'stub', ...overrides };
}

test('everybody may read the contract, and it names the address the API is reached at', async () => {
  const { status, body, headers } = await read();
  expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  expect(body).toMatchObject({ openapi: '3.1.1', servers: [{ url: 'http://localhost:3000' }] });
  setConfig(stub({ NEXT_PUBLIC_PANDASTACK_API: 'http://localhost:9000' }));
  expect((await read()).body.servers).toEqual([{ url: 'http://localhost:9000' }]);
});

test('it holds every operation once, each with a name of its own', async () => {
  const { body } = await read();
  const names = Object.entries<Record<string, { operationId: string }>>(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => `${operationId}: ${method.toUpperCase()} ${path}`),
  );
  const all = [...OPERATIONS, ...PASSED_OPERATIONS];
  expect(names.sort()).toEqual(all.map(({ id, method, path }) => `${id}: ${method} ${path}`).sort());
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
});

test('what the gateway passes on is what it is said to pass on', () => {
  for (const { path } of PASSED_OPERATIONS) {
    expect(parseGatewayTarget(path.replace(/\{\w+\}/g, 'x1'))?.route, path).toBe(path);
  }
});

test('the linter of OpenAPI has neither an error nor a warning for it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'openapi.json');
  writeFileSync(file, JSON.stringify((await read()).body));
  const root = join(import.meta.dirname, '..', '..');
  const arguments_ = ['lint', file, '--config', join(root, 'redocly.yaml'), '--format', 'json', '--max-problems', '1000'];
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { stdout } = await run(join(root, 'node_modules', '.bin', 'redocly'), arguments_, { env }).catch(
    (failed: { stdout: string }) => failed,
  );
  const { totals, problems } = JSON.parse(stdout);
  expect(problems).toEqual([]);
  expect(totals).toMatchObject({ errors: 0, warnings: 0 });
}, 120_000);
