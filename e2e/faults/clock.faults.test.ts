import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { withConnection } from '@/db/postgres';
import { callAt } from '@/e2e/races/support/two-replicas';
import { migratedDatabase } from '@/e2e/support/test-database';
import { newPerson } from '@/e2e/support/test-people';
import { ordinaryClaims, signAsymmetric, signHs256, type TestProject } from '@/e2e/support/test-project';
import { ownProject, personAt, runOn, SUFFERS } from './support/faulty-world';
import { ownServer } from './support/own-server';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

it('P09 clocks 25 seconds apart let everybody in; ten minutes apart are told as such, at the start and to whoever is refused', async () => {
  const project = await ownProject();
  const database = await ownDatabase();
  const { url, suffer, errors } = await runOn(database.url, project, {
    ...SUFFERS,
    CLOCK_OFFSET_MS: String(-10 * MINUTE_MS),
    PANDASTACK_LOG_LEVEL: 'warn',
  });
  const fresh = () => personAt(url, project).call('GET', '/v1/me');
  const ending = (seconds: number) => callAt(() => url, signHs256(lasting(project, seconds)))('GET', '/v1/me');

  expect(await fresh()).toMatchObject({
    status: 401,
    body: { code: 'token_not_yet_valid', hint: expect.stringContaining('clocks') },
  });
  await expect.poll(() => errors().join('\n')).toContain('the clocks of this machine and the auth server are');
  for (const clockMs of [-25 * SECOND_MS, 25 * SECOND_MS]) {
    await suffer({ clockMs });
    expect((await fresh()).status).toBe(200);
  }
  // Over for 25 s by this clock, and 5 s are left of the tolerance.
  expect((await ending(0)).status).toBe(200);
  await suffer({ clockMs: 10 * MINUTE_MS });
  expect((await fresh()).status).toBe(200);
  expect(await ending(5 * 60)).toMatchObject({ status: 401, body: { code: 'token_expired' } });
});

it('P09 invites and API tokens end by the clock of the database, whatever the process takes the time to be', async () => {
  const project = await ownProject();
  const database = await ownDatabase();
  const { url, suffer } = await runOn(database.url, project, SUFFERS);
  const ada = personAt(url, project);
  const { body: org } = await ada.call('POST', '/v1/orgs', { name: 'Timed' });
  const { body: invite } = await ada.call('POST', `/v1/orgs/${org.id}/invites`, { email: 'guest@example.com' });
  const tomorrow = new Date(Date.now() + DAY_MS).toISOString();
  const { body: minted } = await ada.call('POST', `/v1/orgs/${org.id}/tokens`, { label: 'ci', expires_at: tomorrow });
  const preview = async () => (await fetch(`${url}/v1/invites/${invite.token}`)).json();
  const robot = callAt(() => url, minted.token);

  await suffer({ clockMs: 8 * DAY_MS });
  expect(await preview()).toMatchObject({ state: 'open' });
  expect((await robot('GET', '/v1/me')).status).toBe(200);
  await suffer({ clockMs: -8 * DAY_MS });
  await database.run(sql`update org_invites set expires_at = now() - interval '1 second'`);
  await database.run(sql`update api_tokens set expires_at = now() - interval '1 second'`);
  expect(await preview()).toMatchObject({ state: 'expired' });
  expect(await robot('GET', '/v1/me')).toMatchObject({ status: 401, body: { code: 'api_token_expired' } });
});

it.each([
  ['Pacific/Apia', 'America/St_Johns', '2027-01-15T12:00:00Z'],
  // The hour that is not there, and the one that is there twice.
  ['Europe/Berlin', 'Europe/Berlin', '2027-03-28T00:59:59Z'],
  ['Europe/Berlin', 'Europe/Berlin', '2026-10-25T00:59:59Z'],
])('P09 in %s on a database in %s, at %s, every time is told as the moment it is', async (zone, databaseZone, at) => {
  const project = await ownProject();
  const database = await ownDatabase();
  await database.run(
    sql.raw(`do $$ begin execute format('alter database %I set timezone = ''${databaseZone}''', current_database()); end $$`),
  );
  const clockMs = Date.parse(at) - Date.now();
  const { url } = await runOn(database.url, project, { ...SUFFERS, TZ: zone, CLOCK_OFFSET_MS: String(clockMs) });
  const then = Math.floor(Date.parse(at) / 1_000);
  const ada = newPerson(project, { claims: { iat: then, exp: then + 3_600 } });
  const call = callAt(() => url, ada.token);
  const { body: org } = await call('POST', '/v1/orgs', { name: 'Zoned' });
  const { body: invite } = await call('POST', `/v1/orgs/${org.id}/invites`, { email: 'guest@example.com' });
  expect(invite.expires_at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  const [row] = await database.run(sql`select round(extract(epoch from expires_at) * 1000)::text as ms from org_invites`);
  expect(Math.abs(Date.parse(invite.expires_at) - Number(row?.ms))).toBeLessThan(SECOND_MS);
  const listed = await call('GET', `/v1/orgs/${org.id}/invites`);
  expect(Date.parse(listed.body.items[0].expires_at)).toBe(Date.parse(invite.expires_at));
});

it('P10 a process that slept for two hours takes what it remembers for old, and makes up for nothing that it missed', async () => {
  const project = await ownProject();
  const database = await ownDatabase();
  const clickhouse = await countingServer();
  const { url, suffer, kill } = await runOn(database.url, project, { ...SUFFERS, PANDASTACK_CLICKHOUSE_URL: clickhouse.url });
  const holderOf = async (seconds: number) =>
    callAt(() => url, await signAsymmetric(lasting(project, seconds), project.keys.k1, 'k1'));
  const [short, long] = [await holderOf(3_600), await holderOf(4 * 3_600)];
  expect([(await short('GET', '/v1/me')).status, (await long('GET', '/v1/me')).status]).toEqual([200, 200]);
  const asked = project.keyRequests();

  kill('SIGSTOP');
  const told = suffer({ clockMs: 2 * HOUR_MS });
  const meanwhile = clickhouse.requests();
  kill('SIGCONT');
  await told;
  const answers = await Promise.all(Array.from({ length: 20 }, () => long('GET', '/v1/me')));
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(await short('GET', '/v1/me')).toMatchObject({ status: 401, body: { code: 'token_expired' } });
  // Twenty requests wanted the keys, and one asked for them.
  expect(project.keyRequests()).toBe(asked + 1);
  await pause(2 * SECOND_MS);
  // Two hours hold 3,600 turns of the drainer.
  expect(clickhouse.requests() - meanwhile).toBeLessThan(60);
});

/** The claims of a token that ends in so many seconds, and began an hour ago where that has to be before. */
function lasting(project: TestProject, seconds: number): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1_000);
  return ordinaryClaims(project.issuer, { iat: now - 3_600, exp: now + seconds });
}

async function ownDatabase() {
  const { url, drop } = await migratedDatabase();
  onTestFinished(drop);
  return { url, run: (query: ReturnType<typeof sql>) => withConnection(url, (direct) => direct.execute(query)) };
}

/** Takes everything and counts how often. */
async function countingServer() {
  let requests = 0;
  const { url } = await ownServer((request, response) => {
    requests++;
    request.resume().on('end', () => response.end(''));
  });
  return { url, requests: () => requests };
}
