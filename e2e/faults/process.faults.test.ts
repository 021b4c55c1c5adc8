import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { migratedDatabase } from '@/e2e/support/test-database';
import type { Person } from '@/e2e/support/test-people';
import { ownProject, personAt, runOn, SUFFERS, until } from './support/faulty-world';
import { halfSent } from './support/half-sent';

const BLOCK_MS = 5_000;
/** What a probe of Kubernetes waits by default. */
const PROBE_MS = 1_000;

it('P12 a process that computes for five seconds fails its probes of readiness, is alive after it, and the other one serves', async () => {
  const project = await ownProject();
  const database = await ownDatabase();
  const [busy, free] = await Promise.all([runOn(database, project, SUFFERS), runOn(database, project, SUFFERS)]);
  const folder = mkdtempSync(join(tmpdir(), 'pandastack-fault-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const over = join(folder, 'over');

  const suffered = busy.suffer({ blockUntil: over });
  const probe = (url: string) => fetch(`${url}/readyz`, { signal: AbortSignal.timeout(PROBE_MS) }).then(({ status }) => status);
  const beganAt = performance.now();
  while (
    await probe(busy.url).then(
      () => true,
      () => false,
    )
  );
  const waiting = personAt(busy.url, project).call('POST', '/v1/orgs', { name: 'Waiting' });
  const alive = fetch(`${busy.url}/healthz`);
  while (performance.now() - beganAt < BLOCK_MS) {
    expect((await personAt(free.url, project).call('POST', '/v1/orgs', { name: 'Served' })).status).toBe(201);
    await pause(100);
  }
  await expect(probe(busy.url)).rejects.toThrow('timeout');
  writeFileSync(over, '');
  await suffered;
  expect([(await alive).status, (await waiting).status, await probe(busy.url)]).toEqual([200, 201, 200]);
});

it('P13 a promise that nobody waits for is logged, and the process serves on', async () => {
  const project = await ownProject();
  const { url, suffer, errors } = await runOn(await ownDatabase(), project, SUFFERS);
  await suffer({ forget: 'a promise' });
  await expect.poll(() => errors().join('\n')).toMatch(/a promise that nobody waits for.*unhandled rejection/);
  expect((await personAt(url, project).call('POST', '/v1/orgs', { name: 'After' })).status).toBe(201);
});

it('P13 an exception that nobody catches is logged, ends what is in flight and then the process, with code 1', async () => {
  const project = await ownProject();
  const { url, suffer, errors, exited } = await runOn(await ownDatabase(), project, SUFFERS);
  const upload = await halfSent(url, personAt(url, project));
  await suffer({ throw: 'an exception' });
  await expect.poll(() => errors().join('\n')).toMatch(/an exception that nobody catches.*uncaught exception/);
  expect(await upload.finish()).toBe(201);
  expect(await exited).toBe(1);
});

it.skipIf(process.platform === 'win32')(
  'P14 B20 a process with 64 files is warned of it, turns connections away while all are open, answers on those it has, and recovers',
  async () => {
    const project = await ownProject();
    const replica = await runOn(await ownDatabase(), project, { PANDASTACK_LOG_LEVEL: 'warn' }, { openFiles: 64 });
    const ada = personAt(replica.url, project);
    expect((await ada.call('POST', '/v1/orgs', { name: 'Before' })).status).toBe(201);
    await expect.poll(() => replica.errors().join('\n')).toContain('this process may open 64 files at once');

    const agent = new Agent({ keepAlive: true, maxSockets: 200 });
    onTestFinished(() => agent.destroy());
    const statuses = await Promise.all(Array.from({ length: 200 }, () => statusOf(`${replica.url}/v1/me`, ada, agent)));
    // Full are the places for connections, and those for connections of the pool.
    expect([...new Set(statuses)].filter((status) => status !== 200).toSorted()).toEqual([503, 'refused']);
    agent.destroy();
    await until(
      ({ status }) => status === 201,
      () => ada.call('POST', '/v1/orgs', { name: 'After' }).catch(() => ({ status: 0, body: null, headers: new Headers() })),
    );
  },
);

async function ownDatabase(): Promise<string> {
  const { url, drop } = await migratedDatabase();
  onTestFinished(drop);
  return url;
}

/** The status of an answer, or that there was none. */
function statusOf(url: string, { token }: Person, agent: Agent): Promise<number | 'refused'> {
  return new Promise((resolve) => {
    const asking = get(url, { agent, timeout: 10_000, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    asking.on('timeout', () => asking.destroy());
    asking.on('error', () => resolve('refused'));
  });
}
