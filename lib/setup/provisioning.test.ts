import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { db } from '@/db/postgres';
import { claim, freshServer, leftByStubMode, ownerRows, plainConfig, startedWithCode, stub } from '@/e2e/support/fresh-server';
import { PROVISIONING } from '@/e2e/support/provisioning-sql';
import { callAs, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { authenticateUser } from '@/lib/auth/authenticate-request';
import { claimBootstrapOrg } from './claim-bootstrap-org';
import { provisionOwner } from './provision-owner';
import { settleSetup } from './settle-setup';

let project: TestProject;
beforeAll(async () => {
  project = await startTestProject();
});
afterAll(() => project.close());
beforeEach(freshServer);
beforeEach(() => plainConfig(project));

async function runDocumentedSql({ userId, email }: Person): Promise<void> {
  for (const statement of PROVISIONING) {
    await db().execute(sql.raw(statement.replaceAll('SUPABASE_USER_ID', userId).replace('[email protected]', email)));
  }
}

/** Signs in where people land. */
async function land(person: Person) {
  const origin = { requestId: 'test', ip: '', userAgent: '' };
  return claimBootstrapOrg(await authenticateUser(person.token, origin));
}

/** Each of the four ways, to the org that the documented SQL names. */
const WAYS: Record<string, (person: Person) => Promise<unknown>> = {
  'the setup code': async (person) => {
    const code = await startedWithCode();
    // The slug of the documentation is reserved: only operators give it.
    expect((await person.call('POST', '/v1/setup', { code, name: 'Default', slug: 'first' })).status).toBe(201);
    await db().execute(sql`update orgs set slug = 'default' where slug = 'first'`);
  },
  PANDASTACK_BOOTSTRAP_OWNER_EMAIL: async (person) => {
    plainConfig(project, { PANDASTACK_BOOTSTRAP_OWNER_EMAIL: person.email.toUpperCase(), PANDASTACK_BOOTSTRAP_ORG: 'default' });
    expect(await land(person)).toBeUndefined();
  },
  'pandastack provision-owner': ({ userId, email }) => provisionOwner({ userId, email, org: 'default', transfer: false }),
  'the documented SQL': async (person) => {
    await runDocumentedSql(person);
    await settleSetup();
  },
};

describe.each(Object.entries(WAYS))('%s', (name, way) => {
  test('ends in the same rows as every other way, and in the same answers', async () => {
    await startedWithCode();
    const person = newPerson(project);
    await way(person);
    expect(await ownerRows(person)).toMatchObject({
      orgs: [{ slug: 'default', name: 'Default', owner_user_id: 'THE_USER', mfa_required: false }],
      members: [{ org: 'default', user_id: 'THE_USER', email: 'the@address', role: 'owner' }],
      current: [{ user: 'THE_USER', org: 'default' }],
      tokens: null,
      closed: true,
    });
    const { body } = await person.call('GET', '/v1/me');
    expect(body.current_org).toMatchObject({ slug: 'default', name: 'Default', role: 'owner', owner_user_id: person.userId });
    expect((await person.call('GET', '/v1/orgs/default/members')).body).toMatchObject([
      { user_id: person.userId, email: person.email, role: 'owner' },
    ]);
    const invite = await person.call('POST', '/v1/orgs/default/invites', { email: 'second@example.com', role: 'member' });
    expect(invite.status).toBe(201);
    expect(await startedWithCode()).toBe('');
  });

  test('S08 hands the first owner what stub mode left: its org, and its tokens under their name', async () => {
    const left = await leftByStubMode(project);
    await startedWithCode();
    expect((await callAs(left)('GET', '/v1/me')).body.code).toBe('local_token_refused');
    const person = newPerson(project);
    await way(person);
    expect(await ownerRows(person)).toMatchObject({
      members: [
        { org: 'default', user_id: 'THE_USER', role: 'owner' },
        { org: 'local-dev', user_id: 'THE_USER', role: 'owner' },
      ],
      current: [{ user: 'THE_USER', org: 'default' }],
      tokens: [{ label: 'ci', by: 'THE_USER', revoked: null }],
    });
    expect((await callAs(left)('GET', '/v1/me')).body).toMatchObject({
      user_id: person.userId,
      current_org: { slug: 'local-dev' },
    });
    expect((await stub('GET', '/v1/me')).body.code).toBe('local_token_refused');
    const [event] = await db().execute<{ metadata: string; actor: string }>(
      sql`select payload->>'metadata' as metadata, payload->>'actor_id' as actor from audit_outbox where payload->>'action' = 'org.handed_over'`,
    );
    expect(JSON.parse(event?.metadata ?? '{}')).toMatchObject({
      to: person.userId,
      tokens: 1,
      token_prefixes: [left.slice(0, 12)],
    });
    expect(event?.actor).toBe(name === 'the setup code' || name.startsWith('PANDA') ? person.userId : 'operator');
  });
});

test('whom the documented SQL names sees the organization at once, by its reserved slug too, and running it again changes nothing', async () => {
  const person = newPerson(project);
  for (let round = 0; round < 2; round++) {
    await runDocumentedSql(person);
    const { body } = await person.call('GET', '/v1/me');
    expect(body.current_org).toMatchObject({ slug: 'default', name: 'Default', role: 'owner', owner_user_id: person.userId });
  }
});

describe('pandastack provision-owner', () => {
  const provision = ({ userId, email }: Person, options: { transfer?: boolean; org?: string } = {}) =>
    provisionOwner({ userId, email, org: 'acme', transfer: false, ...options });

  test('again changes nothing and leaves no event', async () => {
    const ada = newPerson(project);
    expect(await provision(ada)).toMatchObject({ change: 'founded', org: { name: 'Acme' } });
    const events = () => db().execute(sql`select id from audit_outbox`);
    const [rows, before] = [await ownerRows(ada), (await events()).length];
    expect(await provision(ada)).toMatchObject({ change: 'none' });
    expect([await ownerRows(ada), (await events()).length]).toEqual([rows, before]);
  });

  test('takes nobody their org unless told to, and then leaves them an owner, as the SQL does', async () => {
    const [ada, grace] = [newPerson(project), newPerson(project)];
    await provision(ada);
    await expect(provision(grace)).rejects.toMatchObject({ code: 'slug_taken' });
    expect(await provision(grace, { transfer: true })).toMatchObject({ change: 'transferred' });
    const { body } = await grace.call('GET', '/v1/orgs/acme/members');
    expect(body.map(({ user_id, role }: { user_id: string; role: string }) => [user_id, role]).sort()).toEqual(
      [
        [ada.userId, 'owner'],
        [grace.userId, 'owner'],
      ].sort(),
    );
    expect((await grace.call('GET', '/v1/orgs/acme')).body.owner_user_id).toBe(grace.userId);
  });

  test('hands over what stub mode left in the named org, also when somebody else was the first owner', async () => {
    await leftByStubMode(project);
    plainConfig(project, { PANDASTACK_ORG_CREATION: 'anyone', PANDASTACK_SIGNUP: 'open' });
    await newPerson(project).call('POST', '/v1/orgs', { name: 'Other' });
    const ada = newPerson(project);
    expect(await provision(ada, { org: 'local-dev' })).toMatchObject({ change: 'adopted' });
    const { body } = await ada.call('GET', '/v1/orgs/local-dev/members');
    expect(body).toMatchObject([{ user_id: ada.userId, role: 'owner' }]);
  });

  test.each(['Ada', '00000000-0000-0000-0000-000000000001', 'https://idp.example|ada'])(
    'takes no id that nobody has here: %s',
    async (userId) => {
      await expect(provisionOwner({ userId, email: 'a@example.com', org: 'acme', transfer: false })).rejects.toMatchObject({
        code: 'validation_failed',
      });
    },
  );
});

describe('PANDASTACK_BOOTSTRAP_OWNER_EMAIL', () => {
  const awaited = (email: string, org = 'acme') =>
    plainConfig(project, { PANDASTACK_BOOTSTRAP_OWNER_EMAIL: email, PANDASTACK_BOOTSTRAP_ORG: org });
  const owned = async () => (await db().execute(sql`select 1 from org_members`)).length;

  test.each([
    ['an unproven address', { confirmed: false }, 'email_not_verified'],
    [
      'an address that single sign-on vouches for',
      { account: { app_metadata: { provider: 'sso:8e1d', providers: ['sso:8e1d'] } } },
      'sso_not_allowed',
    ],
    ['an account whose address has changed since', { account: { email: 'other@example.com' } }, 'email_mismatch'],
    [
      'a sign-in without its second factor',
      { account: { factors: [{ id: 'f', factor_type: 'totp', status: 'verified' }] } },
      'insufficient_aal',
    ],
  ])('makes no owner of %s', async (_, account, code) => {
    const person = newPerson(project, account);
    awaited(person.email);
    expect(await land(person)).toMatchObject({ code });
    expect(await owned()).toBe(0);
  });

  test('makes no owner while the auth server confirms every address by itself, or does not say', async () => {
    const person = newPerson(project);
    awaited(person.email);
    project.settings.mailer_autoconfirm = true;
    expect(await land(person)).toMatchObject({ code: 'email_not_verified' });
    delete project.settings.mailer_autoconfirm;
    const silent = { answer: Promise.resolve(null), until: Number.POSITIVE_INFINITY };
    (globalThis as { __pandastackAuthSettings?: unknown }).__pandastackAuthSettings = silent;
    expect(await land(person)).toMatchObject({ code: 'auth_provider_unavailable' });
    expect(await owned()).toBe(0);
  });

  test('leaves everybody else alone, and an org that somebody owns to them', async () => {
    const [ada, grace, mallory] = [newPerson(project), newPerson(project), newPerson(project)];
    awaited(ada.email);
    expect(await land(mallory)).toBeUndefined();
    expect(await owned()).toBe(0);
    await provisionOwner({ userId: grace.userId, email: grace.email, org: 'acme', transfer: false });
    expect(await land(ada)).toBeUndefined();
    expect((await ada.call('GET', '/v1/orgs')).body).toEqual([]);
  });

  test('asks the database nothing once the org has its owner', async () => {
    const ada = newPerson(project);
    awaited(ada.email);
    await land(ada);
    await land(ada);
    const asked = vi.spyOn(db(), 'select');
    await land(ada);
    expect(asked).not.toHaveBeenCalled();
    asked.mockRestore();
  });

  test('of two accounts that land at once one owns it', async () => {
    const ada = newPerson(project);
    const twin = newPerson(project, { email: ada.email });
    awaited(ada.email);
    await Promise.all([land(ada), land(twin), land(ada)]);
    expect(await owned()).toBe(1);
  });
});

test('the code makes an owner of the right person alone when all four ways meet', async () => {
  const code = await startedWithCode();
  const people = Array.from({ length: 4 }, () => newPerson(project));
  const [a, b, c, d] = people as [Person, Person, Person, Person];
  plainConfig(project, { PANDASTACK_BOOTSTRAP_OWNER_EMAIL: b.email, PANDASTACK_BOOTSTRAP_ORG: 'acme' });
  await Promise.allSettled([
    claim(a, code),
    land(b),
    provisionOwner({ userId: c.userId, email: c.email, org: 'acme', transfer: false }),
    provisionOwner({ userId: d.userId, email: d.email, org: 'acme', transfer: false }),
  ]);
  const owners = await db().execute(sql`select 1 from org_members where role = 'owner'`);
  expect(owners).toHaveLength(1);
});
