import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { queriesOf } from '@/e2e/support/count-queries';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, newOwner, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { tokenByHash } from './api-token';
import { flushTokenUse } from './note-token-use';

let project: TestProject;
let owner: Person & { org: { id: string; slug: string } };
let token: string;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(async () => {
  owner = await newOwner(project);
  token = (await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'ci' })).body.token;
  await flushTokenUse();
});

describe('one query decides who calls and what they may do', () => {
  const paths = [
    ['/v1/me', () => '/v1/me'],
    ['/v1/orgs', () => '/v1/orgs'],
    ['an org by its id', () => `/v1/orgs/${owner.org.id}`],
    ['an org by its slug', () => `/v1/orgs/${owner.org.slug}`],
  ] as const;

  test.each(paths)('with an API token: %s', async (_title, path) => {
    expect(await queriesOf(() => expectOk(token, path()))).toHaveLength(1);
  });

  test.each(paths)('with the old secret of a rotated one: %s', async (_title, path) => {
    const { id } = (await owner.call('GET', `/v1/orgs/${owner.org.id}/tokens`)).body.items[0];
    await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens/${id}/rotate`);
    expect(await queriesOf(() => expectOk(token, path()))).toHaveLength(1);
  });

  test.each(paths)('with an access token: %s', async (_title, path) => {
    expect(await queriesOf(() => expectOk(owner.token, path()))).toHaveLength(1);
  });

  test('with a token of a right form that nobody holds', async () => {
    const queries = await queriesOf(() => callAs(`pds_${'0'.repeat(36)}`)('GET', '/v1/me'));
    expect(queries).toHaveLength(1);
  });

  test.each(['pds_', 'pds_%', 'pds_*', "pds_';--", 'not.a.token', 'x'])('K05 without any query: %j', async (credential) => {
    expect(await queriesOf(() => callAs(credential)('GET', '/v1/me'))).toEqual([]);
  });
});

test('a hundred uses of two tokens are written down by one statement', async () => {
  const other = await newOwner(project);
  const second = (await other.call('POST', `/v1/orgs/${other.org.id}/tokens`, { label: 'ci' })).body.token;
  const queries = await queriesOf(async () => {
    for (let count = 0; count < 50; count++) await Promise.all([expectOk(token, '/v1/me'), expectOk(second, '/v1/me')]);
    await flushTokenUse();
  });
  expect(queries.filter((query) => query.startsWith('select'))).toHaveLength(100);
  expect(queries.filter((query) => !query.startsWith('select'))).toEqual([expect.stringMatching(/^update "api_tokens"/)]);
});

test('a secret is found by an index, whichever of the two columns holds it', async () => {
  await db().execute(sql`
    insert into api_tokens (token_hash, previous_token_hash, prefix, workspace_id, org_id)
    select md5(n::text), md5((-n)::text), 'pds_', 'x', ${owner.org.id} from generate_series(1, 5000) n`);
  await db().execute(sql`analyze api_tokens`);
  const { sql: text } = tokenByHash().getQuery();
  const plan = await db().transaction(async (tx) => {
    await tx.execute(sql`set local plan_cache_mode = force_generic_plan`);
    await tx.execute(sql.raw(`prepare explained as ${text}`));
    const rows = await tx.execute<Record<string, string>>(
      sql.raw(`explain execute explained (${Array(parameterCount(text)).fill("'x'").join(', ')})`),
    );
    await tx.execute(sql`deallocate explained`);
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  });
  expect(plan).toContain('api_tokens_pkey');
  expect(plan).toContain('api_tokens_previous_token_hash_key');
  expect(plan).not.toMatch(/Seq Scan on api_tokens/);
});

async function expectOk(credential: string, path: string): Promise<void> {
  expect((await callAs(credential)('GET', path)).status).toBe(200);
}

function parameterCount(text: string): number {
  return new Set(text.match(/\$\d+/g)).size;
}
