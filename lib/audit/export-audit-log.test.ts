import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { clickhouse } from '@/db/clickhouse';
import { db } from '@/db/postgres';
import { testDatabase } from '@/e2e/support/test-database';
import { join, newOwner, newPerson } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { authorizeOrg } from '@/lib/access/org-access';
import { drainAuditOutbox } from './drain-audit-outbox';
import { exportAuditLog } from './export-audit-log';
import { foundOrg, testClickhouse } from './fixtures/audited-org';
import { recordAudit } from './record-audit';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(testClickhouse);
beforeAll(async () => {
  project = await startTestProject();
  return () => project.close();
});

const CSV = { accept: 'text/csv' };

test('N16 the export is a file of this org alone, narrowed by the filters, and no page shows it', async () => {
  const owner = await newOwner(project);
  await newOwner(project);
  const path = `/v1/orgs/${owner.org.slug}/audit-log`;
  await owner.call('PATCH', `/v1/orgs/${owner.org.id}`, { name: '</script><script>alert(1)' });
  await drainAuditOutbox();
  const { status, headers, body } = await owner.call('GET', path, undefined, CSV);
  expect([status, headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([
    200,
    'text/csv; charset=utf-8',
    'nosniff',
  ]);
  expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+\.csv"$/);
  expect(headers.get('cache-control')).toBe('private, no-store');
  const [header, ...lines] = body.split('\r\n');
  expect(header).toBe(
    'time,action,actor_email,actor_id,actor_type,target_type,target_id,metadata,ip,user_agent,request_id,id,seq,hash',
  );
  expect(lines.map((line: string) => line.split(',')[1])).toEqual(['org.renamed', 'org.created', undefined]);
  const narrowed = await owner.call('GET', `${path}?action=org.created`, undefined, CSV);
  expect(narrowed.body.split('\r\n')).toHaveLength(3);
});

test('I14 an outsider gets no export, a member none either, and neither learns anything', async () => {
  const owner = await newOwner(project);
  const [member, outsider] = [newPerson(project), await newOwner(project)];
  await join(owner, member);
  const path = `/v1/orgs/${owner.org.slug}/audit-log`;
  for (const [person, expected] of [
    [member, 403],
    [outsider, 404],
  ] as const) {
    const { status, body, headers } = await person.call('GET', path, undefined, CSV);
    expect([status, headers.get('content-type')]).toEqual([expected, 'application/json; charset=utf-8']);
    expect(JSON.stringify(body)).not.toContain('org.created');
  }
});

test('pages and other unknown words are refused in the query of an export', async () => {
  const owner = await newOwner(project);
  for (const query of ['limit=5', 'cursor=x', 'format=xml', 'action=nothing', 'from=yesterday']) {
    expect((await owner.call('GET', `/v1/orgs/${owner.org.id}/audit-log?${query}`, undefined, CSV)).status).toBe(400);
  }
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])(
  'a cell that begins like a formula (%j) is text to a spreadsheet',
  async (text) => {
    const { orgId, actor } = await foundOrg();
    await db().transaction((tx) =>
      recordAudit(tx, { orgId, actor, action: 'token.created', targetType: 'token', targetId: text }),
    );
    await drainAuditOutbox();
    const file = await allOf(orgId, actor);
    expect(file).toMatch(new RegExp(`,"?'${text.replace(/[+()]/g, '\\$&')}"?,`));
  },
);

test('commas, quotes and line ends stay within their cell', async () => {
  const { orgId, actor } = await foundOrg();
  const targetId = 'a,"b"\r\nc';
  await db().transaction((tx) => recordAudit(tx, { orgId, actor, action: 'token.created', targetType: 'token', targetId }));
  await drainAuditOutbox();
  expect(await allOf(orgId, actor)).toContain(',token,"a,""b""\r\nc",');
});

test('a log longer than one step is exported whole, in order, without the copies of what was delivered twice', async () => {
  const { orgId, actor } = await foundOrg();
  const at = Date.now() - 3_600_000;
  const values = Array.from({ length: 11_000 }, (_, n) => ({
    workspace_id: orgId,
    event_id: randomUUID(),
    // Many share a moment, across the edges of the steps too.
    ts: at + Math.floor(n / 700),
    action: 'token.created',
    target_id: String(n),
    metadata: '{}',
  }));
  const client = await clickhouse();
  await client.insert({ table: 'pandastack.audit_log', values, format: 'JSONEachRow' });
  await client.insert({ table: 'pandastack.audit_log', values: values.slice(4_000, 7_000), format: 'JSONEachRow' });
  const lines = (await allOf(orgId, actor)).trim().split('\r\n').slice(1);
  expect(lines).toHaveLength(11_000);
  expect(new Set(lines).size).toBe(11_000);
  const times = lines.map((line) => line.slice(0, 24));
  expect(times).toEqual(times.toSorted().reverse());
});

async function allOf(orgId: string, actor: Awaited<ReturnType<typeof foundOrg>>['actor']): Promise<string> {
  let text = '';
  for await (const piece of exportAuditLog(await authorizeOrg(actor, orgId, 'audit:read'), {})) text += piece;
  return text;
}
