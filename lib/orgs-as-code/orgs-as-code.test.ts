import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/db/postgres';
import { auditOutbox } from '@/db/schema';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { join, newOwner, newPerson } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { applyOrg } from './apply-org';
import { exportOrgs } from './export-orgs';
import { planOrgs } from './plan-orgs';
import { presentPlan } from './present-plan';
import { readOrgFile } from './read-org-file';

let project: TestProject;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());

const planOf = async (text: string) => planOrgs(readOrgFile(text, 'orgs.yaml'));
async function apply(text: string) {
  const { orgs, known } = await planOf(text);
  const links = [];
  for (const org of orgs) links.push(...(await applyOrg(org, known)));
  return links;
}
const nothing = 'Nothing to do: everything is as declared.';
const words = async (text: string) => presentPlan((await planOf(text)).orgs);
/** A file about one org. */
const file = (slug: string, members: string, more = '') =>
  `version: 1\norgs:\n  - slug: ${slug}\n    name: Acme\n${more}    members:\n${members.replace(/^/gm, '      ')}\n`;
const actions = async (orgId: string) => {
  const rows = await db().select().from(auditOutbox).where(eq(auditOutbox.orgId, orgId)).orderBy(auditOutbox.createdAt);
  return rows.map(({ payload }) => `${payload.actor_type} ${payload.action}`);
};

test('a file founds an org with its owner, members and invites, and applying it again does nothing', async () => {
  const [ada, grace] = [newPerson(project), newPerson(project)];
  const invited = newPerson(project);
  const slug = `acme-${randomUUID().slice(0, 8)}`;
  const text = file(
    slug,
    `- { email: ${ada.email}, user_id: ${ada.userId}, role: owner }\n- { user_id: ${grace.userId}, role: admin }\n- { email: ${invited.email}, role: member }`,
    '    settings: { default_invite_role: admin, allowed_email_domains: [example.com] }\n',
  );
  expect(await words(text)).toBe(`${slug}
  + organization "Acme", owned by ${ada.email} (${ada.userId})
  ~ default_invite_role: "member" → "admin"
  ~ allowed_email_domains: [] → ["example.com"]
  + ${grace.userId} as admin
  + invite ${invited.email} as member

5 changes in 1 organization.`);
  const [link] = await apply(text);
  expect(await words(text)).toBe(nothing);
  const before = await tableChecksum();
  expect(await apply(text)).toEqual([]);
  expect(await tableChecksum()).toBe(before);
  const { body: org } = await ada.call('GET', `/v1/orgs/${slug}`);
  expect(org).toMatchObject({ role: 'owner', default_invite_role: 'admin', allowed_email_domains: ['example.com'] });
  expect((await grace.call('GET', `/v1/orgs/${slug}`)).body.role).toBe('admin');
  const secret = link?.url.split('/').at(-1);
  expect((await invited.call('POST', `/v1/orgs/invites/${secret}/accept`)).body).toMatchObject({
    org_id: org.id,
    role: 'member',
  });
  expect(await actions(org.id)).toEqual([
    'operator org.created',
    'operator org.owner_named',
    'operator org.default_role_changed',
    'operator org.domains_changed',
    'operator member.joined',
    'operator invite.created',
    'user invite.accepted',
    'user member.joined',
  ]);
});

test('an export applies to nothing, whatever an org holds', async () => {
  const ada = await newOwner(project);
  const grace = newPerson(project);
  await join(ada, grace, 'admin');
  await ada.call('POST', `/v1/orgs/${ada.org.id}/invites`, { email: 'waits@example.com', role: 'admin' });
  await ada.call('PATCH', `/v1/orgs/${ada.org.id}`, { name: 'Null: "yes" # é 名', allowed_email_domains: ['example.com'] });
  await db().execute(sql`insert into org_members (org_id, user_id, email, role) values
    (${ada.org.id}, 'adopted', '', 'member'), (${ada.org.id}, 'twin', ${grace.email}, 'member'), (${ada.org.id}, 'https://idp|a: #b', 'x@example.com', 'member')`);
  const text = await exportOrgs();
  expect(text).toContain(ada.org.slug);
  expect(await words(text)).toBe(nothing);
  expect(await words(text.replaceAll('members:', 'prune: true\n    members:'))).toBe(nothing);
});

test('an export of what an older PandaStack left applies to nothing either', async () => {
  const odd = `Odd ${'x'.repeat(100)}\nline \u0007`;
  await db().execute(sql`insert into orgs (slug, name, owner_user_id) values ('Old_Org.1', ${odd}, 'u1'), ('-', '', 'u2')`);
  await db().execute(
    sql`insert into org_members (org_id, user_id, email, role) select id, 'u1', 'No Address', 'owner' from orgs where slug = 'Old_Org.1'`,
  );
  await db().execute(sql`insert into org_invites (token_hash, org_id, email, role, invited_by, expires_at) select 'h' || n, id, e, 'member', 'u1', now() + interval '1 day'
    from orgs, (values (1, 'New@Example.com'), (2, 'nobody')) v (n, e) where slug = 'Old_Org.1'`);
  const text = await exportOrgs(['Old_Org.1', '-']);
  expect(text).toContain('email: New@Example.com');
  expect(await words(text)).toBe(nothing);
});

test.each([
  ['slug: A_b', 'The slug may hold'],
  ['slug: ab', 'The slug must have'],
  ['name: "x\\u0007"', 'The name must not contain'],
])('what is new must be as people may choose it: %s', async (line, problem) => {
  const [key] = line.split(':');
  const text = file(`new-${randomUUID().slice(0, 8)}`, '- { user_id: u9, role: owner }').replace(new RegExp(`${key}: .*`), line);
  await expect(words(text)).rejects.toThrow(problem);
});

describe('people', () => {
  test('a member whom the file does not name stays, and leaves with tokens and invites only where it says prune: true', async () => {
    const ada = await newOwner(project);
    const grace = newPerson(project);
    await join(ada, grace, 'admin');
    await grace.call('POST', `/v1/orgs/${ada.org.id}/tokens`, { label: 'ci' });
    await ada.call('POST', `/v1/orgs/${ada.org.id}/invites`, { email: 'waits@example.com', role: 'member' });
    const members = `- { email: ${ada.email}, role: owner }`;
    await apply(file(ada.org.slug, members));
    expect((await ada.call('GET', `/v1/orgs/${ada.org.id}/members`)).body).toHaveLength(2);
    expect(await words(file(ada.org.slug, members, '    prune: true\n'))).toContain(
      `- ${grace.email} (${grace.userId}) (admin), with`,
    );
    await apply(file(ada.org.slug, members, '    prune: true\n'));
    expect((await ada.call('GET', `/v1/orgs/${ada.org.id}/members`)).body).toMatchObject([{ user_id: ada.userId }]);
    expect((await ada.call('GET', `/v1/orgs/${ada.org.id}/tokens`)).body.items).toEqual([]);
    expect((await actions(ada.org.id)).slice(-2)).toEqual(['operator invite.revoked', 'operator member.removed']);
  });

  test('ownership moves in one step, and the org names an owner it has', async () => {
    const ada = await newOwner(project);
    const grace = newPerson(project);
    await join(ada, grace);
    await apply(file(ada.org.slug, `- { email: ${ada.email}, role: member }\n- { email: ${grace.email}, role: owner }`));
    expect((await grace.call('GET', `/v1/orgs/${ada.org.id}`)).body).toMatchObject({
      role: 'owner',
      owner_user_id: grace.userId,
    });
    expect((await ada.call('GET', `/v1/orgs/${ada.org.id}`)).body.role).toBe('member');
  });

  test.each([
    ['- { email: ADA, role: admin }', ''],
    ['- { email: new@example.com, role: member }', '    prune: true\n'],
    ['[]', '    prune: true\n'],
  ])('the last owner is never lost: %s %s', async (members, more) => {
    const ada = await newOwner(project);
    const before = await tableChecksum();
    await expect(apply(file(ada.org.slug, members.replace('ADA', ada.email), more))).rejects.toMatchObject({
      code: 'last_owner',
    });
    expect(await tableChecksum()).toBe(before);
  });

  test('another role for somebody invited is another invite, and the old link is dead', async () => {
    const ada = await newOwner(project);
    const grace = newPerson(project);
    const text = (role: string) => file(ada.org.slug, `- { email: ${grace.email}, role: ${role} }`);
    const [first] = await apply(text('member'));
    const [second] = await apply(text('admin'));
    const accept = (url = '') => grace.call('POST', `/v1/orgs/invites/${url.split('/').at(-1)}/accept`);
    expect((await accept(first?.url)).body.code).toBe('invite_revoked');
    expect((await accept(second?.url)).body).toMatchObject({ role: 'admin' });
    expect(await words(text('admin'))).toBe(nothing);
  });

  test('an address known from elsewhere is invited, unless the file trusts known addresses and one account alone holds it', async () => {
    const [ada, grace, twin] = [await newOwner(project), await newOwner(project), newPerson(project)];
    const text = file(ada.org.slug, `- { email: ${grace.email}, role: admin }`);
    const trusting = text.replace('version: 1', 'version: 1\nmatch_known_addresses: true');
    expect(await words(text)).toContain(`+ invite ${grace.email} as admin`);
    expect(await words(trusting)).toContain(`+ ${grace.email} (${grace.userId}) as admin`);
    await db().execute(
      sql`insert into org_members (org_id, user_id, email, role) values (${grace.org.id}, ${twin.userId}, ${grace.email}, 'member')`,
    );
    expect(await words(trusting)).toContain(`+ invite ${grace.email} as admin`);
  });

  test.each([
    ['- { email: nobody@example.com, role: owner }', 'nobody is invited as an owner'],
    ['- { email: nobody@elsewhere.example, role: member }', 'not of a domain'],
  ])('what cannot be is refused in the plan: %s', async (members, problem) => {
    const ada = await newOwner(project);
    const settings = '    settings: { allowed_email_domains: [example.com] }\n';
    await expect(words(file(ada.org.slug, members, settings))).rejects.toThrow(problem);
  });

  test('founding without an account for an owner is refused', async () => {
    const slug = `new-${randomUUID().slice(0, 8)}`;
    await expect(words(file(slug, '- { email: a@example.com, role: owner }'))).rejects.toThrow('needs an owner with a user_id');
  });
});

test('an org that changed after the plan is left as it is', async () => {
  const ada = await newOwner(project);
  const { orgs, known } = await planOf(file(ada.org.slug, '- { email: new@example.com, role: member }'));
  await ada.call('PATCH', `/v1/orgs/${ada.org.id}`, { name: 'Changed' });
  const before = await tableChecksum();
  const [org] = orgs;
  await expect(org && applyOrg(org, known)).rejects.toMatchObject({ code: 'request_in_progress' });
  expect(await tableChecksum()).toBe(before);
});

describe('a file with mistakes names file, line, column and path of each', () => {
  test.each([
    [
      'a role nobody has',
      file('acme', '- { email: a@example.com, role: king }'),
      /^orgs\.yaml:6:39 orgs\[0\]\.members\[0\]\.role: must be owner, admin or member$/,
    ],
    ['an unknown name', file('acme', '[]', '    nmae: x\n'), /^orgs\.yaml:3:5 orgs\[0\]: Unrecognized key: "nmae"$/],
    ['a missing name', 'version: 1\norgs:\n  - slug: acme\n', /^orgs\.yaml:3:5 orgs\[0\]\.name: must be text$/],
    ['another version', 'version: 2\norgs: []\n', /^orgs\.yaml:1:10 version: must be 1$/],
    [
      'the same org twice',
      'version: 1\norgs:\n  - { slug: acme, name: A }\n  - { slug: acme, name: B }\n',
      /^orgs\.yaml:4:13 orgs\[1\]\.slug: is declared twice$/,
    ],
    [
      'the same person twice',
      file('acme', '- { email: a@example.com, role: admin }\n- { email: A@example.com, role: member }'),
      /^orgs\.yaml:7:18 orgs\[0\]\.members\[1\]\.email: is declared twice$/,
    ],
    ['a name given twice', 'version: 1\nversion: 1\norgs: []\n', /^orgs\.yaml:2:1 Map keys must be unique/],
    ['no YAML', 'orgs: [', /^orgs\.yaml:1:8 /],
    ['nothing', '', /^orgs\.yaml:1:1 /],
    [
      'somebody without a name',
      file('acme', '- { role: admin }'),
      /^orgs\.yaml:6:9 orgs\[0\]\.members\[0\]: must name an email or a user_id$/,
    ],
  ])('%s', (_, text, told) => {
    expect(() => readOrgFile(text, 'orgs.yaml')).toThrow(told);
  });

  test('a few lines that unfold to gigabytes', () => {
    const bomb = Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`);
    expect(() => readOrgFile(['a0: &a0 x', ...bomb].join('\n'), 'orgs.yaml')).toThrow('Excessive alias count');
  });
});
