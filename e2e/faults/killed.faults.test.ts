import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, it, onTestFinished } from 'vitest';
import { closeDatabase, db, openDatabaseAt } from '@/db/postgres';
import { brokenRules } from '@/e2e/races/support/broken-rules';
import { startDatabaseProxy } from '@/e2e/support/database-proxy';
import { migratedDatabase } from '@/e2e/support/test-database';
import { join } from '@/e2e/support/test-people';
import type { TestProject } from '@/e2e/support/test-project';
import { ownProject, personAt, roundsOr, runOn } from './support/faulty-world';

/** About as long as the longest of them, from its first write to its commit. */
const LATEST_KILL_MS = 150;
const ORGS = 4;
/** Each statement takes this long on its way, so that a kill meets transactions half done. */
const STATEMENT_MS = 10;

/** What a change leaves in its table and what it leaves in the audit log: rows that have only one of the two. */
const HALF_DONE = {
  'an org was founded': sql`select id::text from orgs where not exists (${told('org.created')} = orgs.id::text)`,
  'a token was minted': sql`select id::text from api_tokens t where exists (select 1 from orgs where id = t.org_id)
    and not exists (${told('token.created')} = t.id::text)`,
  'an invite was accepted': sql`select id::text from org_invites i
    where (accepted_at is not null) <> exists (${told('invite.accepted')} = i.id::text)`,
  'an org was deleted': sql`select id::text from orgs where exists (${told('org.deleted')} = orgs.id::text)`,
  'a member was removed': sql`select user_id as id from org_members m
    where exists (${told('member.removed')} = m.user_id and org_id = m.org_id)`,
  'an event tells of no org': sql`select payload ->> 'target_id' as id from audit_outbox where payload ->> 'action' = 'org.created'
    and not exists (select 1 from orgs where id::text = payload ->> 'target_id') and not exists (
      select 1 from audit_outbox gone where gone.payload ->> 'action' = 'org.deleted' and gone.payload ->> 'target_id' = audit_outbox.payload ->> 'target_id')`,
  'an event tells of no token': sql`select payload ->> 'target_id' as id from audit_outbox where payload ->> 'action' = 'token.created'
    and payload ->> 'metadata' like '%minted%' and not exists (select 1 from api_tokens where id::text = payload ->> 'target_id')`,
  'a membership without an org': sql`select user_id as id from org_members m where not exists (select 1 from orgs where id = m.org_id)`,
};

function told(action: string) {
  return sql.raw(`select 1 from audit_outbox where payload ->> 'action' = '${action}' and payload ->> 'target_id'`);
}

it('P02 a process killed amid its transactions leaves each change whole, with its audit event, or not at all', async () => {
  const project = await ownProject();
  const database = await migratedDatabase();
  onTestFinished(database.drop);
  await openDatabaseAt(database.url);
  onTestFinished(closeDatabase);
  // Every piece waits a tenth of what was asked for.
  const proxy = await startDatabaseProxy(database.url, () => 0.1);
  onTestFinished(proxy.close);
  let cutShort = 0;
  let halfWritten = 0;
  for (let round = 0; round < roundsOr(4); round++) {
    const replica = await runOn(proxy.url, project);
    const changes = (await Promise.all(Array.from({ length: ORGS }, () => changesOf(replica.url, project)))).flat();
    proxy.delayUpTo(10 * STATEMENT_MS);
    let answered = 0;
    const answers = changes.map((change) =>
      change()
        .then(() => 0)
        .catch(() => 1)
        .finally(() => {
          answered += 1;
        }),
    );
    // Changes of one org wait for each other, so each kind is amid its transaction at another time.
    const soMany = Math.random() * changes.length;
    while (answered < soMany || (answered < changes.length && (await writingTransactions()) === 0)) await pause(1);
    await pause(Math.random() * LATEST_KILL_MS);
    halfWritten += await writingTransactions();
    replica.kill('SIGKILL');
    await replica.exited;
    proxy.delayUpTo(0);
    cutShort += (await Promise.all(answers)).reduce((sum: number, cut) => sum + cut, 0);
    // The server ends the dead process's transactions as soon as it reads from their connections.
    await expect.poll(liveTransactions).toBe(0);
    expect(await brokenRules()).toEqual([]);
    expect(await halfDone()).toEqual([]);
  }
  expect(cutShort).toBeGreaterThan(0);
  expect(halfWritten).toBeGreaterThan(0);
});

/** Changes of one org that wait to be asked for: accept, remove, transfer, mint, and of another org, delete. */
async function changesOf(url: string, project: TestProject): Promise<(() => Promise<unknown>)[]> {
  const [owner, admin, leaver, guest] = [0, 1, 2, 3].map(() => personAt(url, project)) as [Founder, Founder, Founder, Founder];
  const { body: org } = await owner.call('POST', '/v1/orgs', { name: 'Cut' });
  const { body: doomed } = await owner.call('POST', '/v1/orgs', { name: 'Doomed' });
  await join({ ...owner, org }, admin, 'admin');
  await join({ ...owner, org }, leaver);
  await leaver.call('POST', `/v1/orgs/${org.id}/tokens`, { label: 'left behind' });
  const { body: invite } = await owner.call('POST', `/v1/orgs/${org.id}/invites`, { email: guest.email, role: 'member' });
  return [
    () => guest.call('POST', `/v1/orgs/invites/${invite.token}/accept`),
    () => owner.call('DELETE', `/v1/orgs/${org.id}/members/${leaver.userId}`),
    () => owner.call('POST', `/v1/orgs/${org.id}/transfer`, { user_id: admin.userId }),
    () => admin.call('POST', `/v1/orgs/${org.id}/tokens`, { label: 'minted' }),
    () => owner.call('DELETE', `/v1/orgs/${doomed.id}`, { confirm: doomed.slug }),
  ];
}

type Founder = ReturnType<typeof personAt>;

async function halfDone(): Promise<string[]> {
  const found: string[] = [];
  for (const [change, rows] of Object.entries(HALF_DONE)) {
    for (const { id } of await db().execute<{ id: string }>(rows)) found.push(`${change}: ${id}`);
  }
  return found;
}

/** Those that have written something and not ended. */
async function writingTransactions(): Promise<number> {
  const [row] = await db().execute<{ writing: number }>(sql`select count(*)::int as writing from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_xid is not null`);
  return row?.writing ?? 0;
}

async function liveTransactions(): Promise<unknown> {
  const [row] = await db().execute(sql`select count(*)::int as live from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and state <> 'idle'`);
  return row?.live;
}
