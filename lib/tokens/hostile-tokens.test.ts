import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeDatabase, db } from '@/db/postgres';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, join, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { clientOf, FAILURES_A_MINUTE } from '@/lib/auth/limit-failures';
import { flushTokenUse } from '@/lib/auth/note-token-use';
import { REMOTE_ADDRESS_HEADER } from '@/lib/auth/request-origin';
import { redactSecrets } from '@/lib/log';

let project: TestProject;
let owner: Person & { org: { id: string; slug: string } };
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
    // White space around a credential is no part of it (RFC 9110, section 5.5); within, it makes two.
    ['K04 with a space within', () => `${token.slice(0, 20)} ${token.slice(20)}`],
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

test('K04 a blank around a token belongs to the header, one within makes two of it', async () => {
  const send = (authorization: string) => callAs(null)('GET', '/v1/me', undefined, { authorization });
  expect((await send(`Bearer ${token} `)).status).toBe(200); // HTTP itself drops it: RFC 9110, section 5.5.
  for (const bent of [`${token.slice(0, 10)} ${token.slice(10)}`, `${token}\u00a0`, `${token}\t${token}`]) {
    const { status, body } = await send(`Bearer ${bent}`);
    expect([status, body.code]).toEqual([401, 'invalid_token']);
  }
});

test('K01 no table holds the secret or the random part of it', async () => {
  const tables = await db().execute<{ name: string }>(
    sql`select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const holding = async (text: string) => {
    const found: string[] = [];
    for (const { name } of tables) {
      const [row] = await db().execute<{ count: number }>(
        sql`select count(*)::int as count from ${sql.raw(name)} t where strpos(t::text, ${text}) > 0`,
      );
      if (row?.count) found.push(name);
    }
    return found;
  };
  expect(tables.length).toBeGreaterThan(5);
  expect(await holding(token)).toEqual([]);
  expect(await holding(token.slice(12))).toEqual([]);
  // The search does find what is there.
  expect(await holding(token.slice(0, 12))).toContain('public.api_tokens');
});

describe('K08 a token of an owner', () => {
  const org = () => `/v1/orgs/${owner.org.id}`;
  const someone = randomUUID();
  test.each<[string, string, () => string, unknown?]>([
    ['delete the org', 'DELETE', org, () => ({ confirm: owner.org.slug })],
    ['hand the org over', 'POST', () => `${org()}/transfer`, { user_id: someone }],
    ['ask for a second factor', 'PATCH', org, { mfa_required: false }],
    ['revoke an invite', 'DELETE', () => `${org()}/invites/${someone}`],
    ['resend an invite', 'POST', () => `${org()}/invites/${someone}/resend`],
    ['invite by the older path', 'POST', () => `${org()}/members`, { email: 'g@example.com' }],
    ['accept an invite', 'POST', () => `/v1/orgs/invites/${'x'.repeat(32)}/accept`],
    ['decline an invite', 'POST', () => `/v1/orgs/invites/${'x'.repeat(32)}/decline`],
    ['revoke a token', 'DELETE', () => `${org()}/tokens/${someone}`],
    ['revoke a token by its prefix', 'DELETE', () => `/v1/me/tokens/${token.slice(0, 12)}`],
    ['list tokens by the older path', 'GET', () => '/v1/me/tokens'],
    ['renew the address of its creator', 'POST', () => '/v1/me/email'],
  ])('cannot %s, and nothing changes', async (_what, method, path, body) => {
    const mighty = (await owner.call('POST', `${org()}/tokens`, { label: 'mighty', role: 'owner' })).body.token;
    const before = await tableChecksum();
    const answer = await callAs(mighty)(method, path(), typeof body === 'function' ? body() : body);
    expect([answer.status, answer.body.code]).toEqual([403, 'token_not_allowed']);
    expect(await tableChecksum()).toBe(before);
  });
});

test('K14 a token ends with the second of its expiry, by the clock of the database', async () => {
  const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, {
    label: 'short',
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
  });
  const endAt = (when: ReturnType<typeof sql>) =>
    db().execute(sql`update api_tokens set expires_at = ${when} where id = ${body.id}`);
  const code = async () => (await callAs(body.token)('GET', '/v1/me')).body.code ?? 'accepted';
  // A second ahead may be over before the answer, so "not yet" is tried a minute ahead.
  await endAt(sql`now() + interval '1 minute'`);
  expect(await code()).toBe('accepted');
  await endAt(sql`now() - interval '1 second'`);
  expect(await code()).toBe('api_token_expired');
  await endAt(sql`now()`);
  expect(await code()).toBe('api_token_expired');
});

test.each(['admin', 'owner', 'root', 'Member', '', null, ['member']])(
  'K18 a member mints no token of the role %j, and nothing changes',
  async (role) => {
    const member = newPerson(project);
    await join(owner, member);
    const before = await tableChecksum();
    for (const path of [`/v1/orgs/${owner.org.id}/tokens`, '/v1/me/tokens']) {
      const { status, body } = await member.call('POST', path, { label: 'up', role });
      expect([400, 403]).toContain(status);
      expect(['forbidden', 'validation_failed']).toContain(body.code);
    }
    expect(await tableChecksum()).toBe(before);
  },
);

test.each(['access_token', 'token', 'apikey', 'api_key'])('K06 in the query (?%s=) a token opens nothing', async (name) => {
  const before = await tableChecksum();
  const { status, body, headers } = await callAs(null)('GET', `/v1/me?${name}=${token}`);
  expect([status, body.code]).toEqual([401, 'missing_token']);
  expect(JSON.stringify([body, [...headers]])).not.toContain(token);
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(redactSecrets(`GET /v1/me?${name}=${token} 401`)).not.toContain(token.slice(12));
  expect(await tableChecksum()).toBe(before);
});

describe('K20 the name of a token', () => {
  test.each(['=cmd()', '<img src=x onerror=alert(1)>', '{{.Token}}'])('%j is kept as the text it is', async (label) => {
    const { status, body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label });
    expect([status, body.label]).toEqual([201, label]);
  });

  test('that reads from right to left is refused', async () => {
    const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: '\u202egpj.exe' });
    expect(body.code).toBe('validation_failed');
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
  for (const extra of [{ org_id: 'x' }, { user_id: 'x' }, { created_by: 'x' }, { prefix: 'pds_x' }, { token: 'pds_x' }]) {
    for (const path of [`/v1/orgs/${owner.org.id}/tokens`, '/v1/me/tokens']) {
      const { status, body } = await owner.call('POST', path, { label: 'ci', ...extra });
      expect([status, body.code]).toEqual([400, 'validation_failed']);
    }
  }
  expect(await tableChecksum()).toBe(before);
});

test('K21 a request goes through while Postgres takes no writes, and its use is written down afterwards', async () => {
  const lastUsed = async () => (await owner.call('GET', `/v1/orgs/${owner.org.id}/tokens`)).body.items.at(-1).last_used_at;
  await flushTokenUse();
  const before = await lastUsed();
  await setReadOnly('on');
  expect((await callAs(token)('GET', '/v1/me')).status).toBe(200);
  await expect(flushTokenUse()).rejects.toThrow();
  expect((await callAs(token)('GET', '/v1/me')).status).toBe(200);
  expect((await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci' })).body.code).toBe('dependency_unavailable');
  await setReadOnly('off');
  await flushTokenUse();
  expect(await lastUsed()).not.toBe(before);
});

/** As after a failover: every connection of this database, the pool's too, comes back read-only. */
async function setReadOnly(mode: 'on' | 'off'): Promise<void> {
  await db().transaction(async (tx) => {
    await tx.execute(sql`set transaction read write`);
    const [row] = await tx.execute<{ name: string }>(sql`select current_database() as name`);
    await tx.execute(sql.raw(`alter database ${row?.name} set default_transaction_read_only = ${mode}`));
  });
  // Waits until they are gone: a connection that is only told to end may still be given a request, which ends with it.
  await db().execute(sql`select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);
  await db()
    .execute(sql`select pg_terminate_backend(pg_backend_pid())`)
    .catch(() => undefined);
}

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

test('K22 while Postgres is away a token is answered 503, never 401, and no list is answered empty', async () => {
  await closeDatabase();
  const answers = await Promise.all([
    callAs(token)('GET', '/v1/me'),
    owner.call('GET', `/v1/orgs/${owner.org.id}/tokens`),
    owner.call('GET', '/v1/me/tokens'),
  ]);
  for (const { status, body, headers } of answers) {
    expect([status, body.code]).toEqual([503, 'dependency_unavailable']);
    expect(headers.get('retry-after')).toMatch(/^\d+$/);
  }
});
