import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDatabase, db } from '@/db/postgres';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, newOwner, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { clientOf, FAILURES_A_MINUTE } from '@/lib/auth/limit-failures';
import { flushTokenUse } from '@/lib/auth/note-token-use';
import { REMOTE_ADDRESS_HEADER } from '@/lib/auth/request-origin';

let project: TestProject;
let owner: Person & { org: { id: string } };
let token: string;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
  owner = await newOwner(project);
  token = (await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci' })).body.token;
});
afterAll(() => project.close());

const swapCase = (text: string) => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase());

describe('a token that is nearly one', () => {
  test.each<[string, () => string]>([
    ['K04 with another last character', () => `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`],
    ['K04 in other letters', () => `pds_${swapCase(token.slice(4))}`],
    ['K04 cut', () => token.slice(0, -1)],
    ['K04 with a character more', () => `${token}x`],
    ['K04 with its prefix in capitals', () => token.replace('pds_', 'PDS_')],
    ['K05 of nothing but the prefix', () => 'pds_'],
    ['K05 of its shown part alone', () => token.slice(0, 12)],
    ['K05 of SQL', () => "pds_';DROP-TABLE-api_tokens;--"],
    ['K05 of a pattern', () => 'pds_%'],
    ['K05 of a longer pattern', () => `${token.slice(0, 12)}%`],
    ['K05 of a star', () => 'pds_*'],
    ['K05 of a megabyte', () => `pds_${'a'.repeat(1_048_576)}`],
  ])('%s opens nothing', async (_title, make) => {
    const before = await tableChecksum();
    const { status, body } = await callAs(make())('GET', '/v1/me');
    expect(status).toBe(401);
    expect(['invalid_api_token', 'invalid_token']).toContain(body.code);
    expect(await tableChecksum()).toBe(before);
  });

  test('K04 with a character nobody sees is refused before it is a header', () => {
    expect(() => new Headers({ authorization: `Bearer ${token}\u200b` })).toThrow();
  });
});

test.each(['access_token', 'token', 'apikey', 'api_key'])('K06 in the query (?%s=) a token opens nothing', async (name) => {
  const before = await tableChecksum();
  const { status, body, headers } = await callAs(null)('GET', `/v1/me?${name}=${token}`);
  expect([status, body.code]).toEqual([401, 'missing_token']);
  expect(JSON.stringify([body, [...headers]])).not.toContain(token);
  expect(await tableChecksum()).toBe(before);
});

describe('K20 the name of a token', () => {
  test.each(['=cmd()', '<img src=x onerror=alert(1)>', '‮gpj.exe'])('%j is kept as text or refused, never run', async (label) => {
    const { status, body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label });
    if (status === 201) expect(body.label).toBe(label);
    else expect(body.code).toBe('validation_failed');
  });

  test.each(['a\0b', 'x'.repeat(10_000), '   ', ''])('%j is refused', async (label) => {
    const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label });
    expect(body.code).toBe('validation_failed');
  });

  test('of a megabyte is too large to be read', async () => {
    const { status } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'x'.repeat(1_048_576) });
    expect(status).toBe(413);
  });
});

test('K18 extra fields give no identity and no org', async () => {
  const before = await tableChecksum();
  for (const extra of [{ org_id: 'x' }, { user_id: 'x' }, { created_by: 'x' }]) {
    const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci', ...extra });
    expect(body.code).toBe('validation_failed');
  }
  expect(await tableChecksum()).toBe(before);
});

test('K21 a request goes through although its use cannot be written down', async () => {
  await db().execute(sql`create function refuse_use() returns trigger language plpgsql as
    $$ begin raise exception 'read-only' using errcode = '25006'; end $$`);
  await db().execute(
    sql`create trigger refuse_use before update of last_used_at on api_tokens for each row execute function refuse_use()`,
  );
  expect((await callAs(token)('GET', '/v1/me')).status).toBe(200);
  await expect(flushTokenUse()).rejects.toThrow();
  expect((await callAs(token)('GET', '/v1/me')).status).toBe(200);
  await db().execute(sql`drop trigger refuse_use on api_tokens`);
});

describe('K26 N25 a client that keeps failing', () => {
  const from = (ip: string, trial: string) => callAs(trial)('GET', '/v1/me', undefined, { [REMOTE_ADDRESS_HEADER]: ip });
  const failUntilLimited = async (ip: string, trial: string) => {
    for (let count = 0; count <= FAILURES_A_MINUTE; count++) await from(ip, trial);
    return from(ip, trial);
  };

  test('is told to wait, while a valid credential passes from there and from elsewhere', async () => {
    const { status, body, headers } = await failUntilLimited('203.0.113.7', `pds_${'0'.repeat(36)}`);
    expect([status, body.code]).toEqual([429, 'rate_limited']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await from('203.0.113.7', 'not.a.token')).status).toBe(429);
    expect((await from('203.0.113.7', token)).status).toBe(200);
    expect((await from('203.0.113.7', owner.token)).status).toBe(200);
    expect((await from('203.0.113.8', 'pds_0')).status).toBe(401);
  });

  test('is answered without the database where the checksum is wrong already', async () => {
    await failUntilLimited('203.0.113.9', 'pds_0');
    await db().transaction(async (tx) => {
      // Whoever looked a token up would wait for this transaction.
      await tx.execute(sql`lock table api_tokens in access exclusive mode`);
      expect((await from('203.0.113.9', `pds_${'0'.repeat(36)}`)).status).toBe(429);
    });
    expect((await from('203.0.113.9', token)).status).toBe(200);
  });

  test('cannot go on from its other IPv6 addresses', async () => {
    await failUntilLimited('2001:db8:1:2::1', 'pds_0');
    expect((await from('2001:db8:1:2:ffff::9', 'pds_0')).status).toBe(429);
    expect((await from('2001:db8:1:3::1', 'pds_0')).status).toBe(401);
  });

  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:DB8:0:0:1:2:3:4', '2001:db8:0:0::/64'],
    ['2001:0db8:0000:0000::5', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('at %s is counted as %s', (ip, client) => {
    expect(clientOf(ip)).toBe(client);
  });
});

test('K22 while Postgres is away a token is answered 503, never 401', async () => {
  await closeDatabase();
  const { status, body, headers } = await callAs(token)('GET', '/v1/me');
  expect([status, body.code]).toEqual([503, 'dependency_unavailable']);
  expect(headers.get('retry-after')).toMatch(/^\d+$/);
});
