import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ids, idsIn, newWorld, requestTo, send, type World } from '@/e2e/support/api-world';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { newPerson } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { testClickhouse } from '@/lib/audit/fixtures/audited-org';
import type { Role } from '@/lib/auth/actor';
import { type ErrorCode, statusOf } from '@/lib/errors';
import { nameOf, type Operation, orgOf, parametersOf, permissionOf } from '@/lib/openapi/operation';
import { OPERATIONS } from '@/lib/openapi/operations';
import { type Permission, roleMay, tokenMay } from './permissions';

/** Who tries every operation on org 1. What they are to be told follows from these facts and the table of permissions alone. */
interface Actor {
  credential: (world: World) => string | null;
  kind: 'nobody' | 'person' | 'token';
  /** Of a credential that opens nothing. */
  refusal?: ErrorCode;
  /** In org 1. */
  role?: Role;
}

let anonymousUser: string;
const person = (name: 'owner' | 'admin' | 'member' | 'removed' | 'outsider' | 'stranger', role?: Role): Actor => ({
  credential: (world) => world[name].token,
  kind: 'person',
  role,
});
const token = (role: Role): Actor => ({ credential: (world) => world.tokens[role].token, kind: 'token', role });

const ACTORS: Record<string, Actor> = {
  nobody: { credential: () => null, kind: 'nobody', refusal: 'missing_token' },
  'a malformed credential': { credential: () => 'nonsense', kind: 'nobody', refusal: 'invalid_token' },
  'an anonymous user': { credential: () => anonymousUser, kind: 'nobody', refusal: 'anonymous_not_allowed' },
  'an outsider': person('outsider'),
  'a removed member': person('removed'),
  'the owner of another org': person('stranger'),
  'a member': person('member', 'member'),
  'an admin': person('admin', 'admin'),
  'an owner': person('owner', 'owner'),
  'a token of member': token('member'),
  'a token of admin': token('admin'),
  'a token of owner': token('owner'),
  'a token of a removed member': {
    credential: (world) => world.removedToken.token,
    kind: 'nobody',
    refusal: 'invalid_api_token',
  },
  'a token of another org': { credential: (world) => world.strangersToken.token, kind: 'token' },
};

/** What people may try and the thing itself then refuses; the invite of the world is the outsider's. */
const OF_THE_THING: Record<string, Record<string, ErrorCode>> = {
  // Every org of the world has an owner.
  'POST /v1/setup': Object.fromEntries(
    ['an outsider', 'a removed member', 'the owner of another org', 'a member', 'an admin', 'an owner'].map((name) => [
      name,
      'setup_closed' as const,
    ]),
  ),
  'POST /v1/me/current-org': {
    'an outsider': 'not_a_member',
    'a removed member': 'not_a_member',
    'the owner of another org': 'not_a_member',
  },
  'POST /v1/orgs/invites/{token}/accept': {
    'a removed member': 'email_mismatch',
    'the owner of another org': 'email_mismatch',
    'a member': 'already_member',
    'an admin': 'already_member',
    'an owner': 'already_member',
  },
  'POST /v1/orgs/invites/{token}/decline': {
    'a removed member': 'email_mismatch',
    'the owner of another org': 'email_mismatch',
    'a member': 'email_mismatch',
    'an admin': 'email_mismatch',
    'an owner': 'email_mismatch',
  },
};

function refusalOf(operation: Operation, name: string, { kind, refusal, role }: Actor): ErrorCode | undefined {
  if (operation.who === 'anyone') return undefined;
  if (refusal) return refusal;
  if (operation.who === 'credential') return undefined;
  const permission = permissionOf(operation);
  if (!permission) return kind === 'token' ? 'token_not_allowed' : OF_THE_THING[nameOf(operation)]?.[name];
  if (!role) return orgOf(operation) === 'path' ? 'org_not_found' : 'not_a_member';
  if (kind === 'token' && !tokenMay(permission)) return 'token_not_allowed';
  return roleMay(role, permission) ? undefined : 'forbidden';
}

const CASES = OPERATIONS.flatMap((operation) =>
  Object.entries(ACTORS).map(([name, actor]) => ({
    title: `${nameOf(operation)} by ${name}`,
    operation,
    actor,
    refusal: refusalOf(operation, name, actor),
  })),
);

let project: TestProject;
/** Shared by all that is refused, for a refusal changes nothing. */
let world: World;
beforeAll(testDatabase);
beforeAll(testClickhouse);
beforeAll(async () => {
  project = await startTestProject();
  anonymousUser = newPerson(project, { email: '', claims: { is_anonymous: true } }).token;
  world = await newWorld(project);
});
afterAll(() => project.close());

/** One id for all, so that equal refusals are equal to the byte. */
const REQUEST_ID = { 'x-request-id': 'matrix-request' };

async function answerOf(operation: Operation, credential: string | null, ids: Ids = {}): Promise<string> {
  const request = requestTo(operation, world, ids);
  const { status, body } = await send({ ...request, headers: { ...request.headers, ...REQUEST_ID } }, credential);
  return JSON.stringify({ status, ...body });
}

async function changesNothing(tries: () => Promise<void>): Promise<void> {
  const before = await tableChecksum();
  await tries();
  expect(await tableChecksum(), 'it changed something').toBe(before);
}

test('I01 the matrix holds more than 200 cases', () => {
  expect(CASES.length).toBeGreaterThan(200);
});

describe('I01, R01, R02 whoever may not', () => {
  test.each(CASES.filter(({ refusal }) => refusal))('$title → $refusal', async ({ operation, actor, refusal }) => {
    await changesNothing(async () => {
      const answer = JSON.parse(await answerOf(operation, actor.credential(world)));
      expect([answer.status, answer.code]).toEqual([refusal && statusOf(refusal), refusal]);
    });
  });
});

const onAnOrg = OPERATIONS.filter((operation) => orgOf(operation));

describe('I01, I05 an org of others is told from none', () => {
  test.each(onAnOrg.map((operation) => ({ title: nameOf(operation), operation })))(
    'by no answer of $title',
    async ({ operation }) => {
      const credentials = [world.outsider, world.stranger, world.removed, world.strangersToken].map(({ token }) => token);
      await changesNothing(async () => {
        for (const credential of credentials) {
          const foreign = await answerOf(operation, credential);
          for (const org of [world.org.slug, randomUUID(), 'no-such-org', 'no%such"org'])
            expect(await answerOf(operation, credential, { org })).toBe(foreign);
        }
      });
    },
  );
});

const CHILDREN = ['invite_id', 'token_id', 'user_id', 'prefix'] as const;
const onAChild = onAnOrg.filter((operation) => parametersOf(operation).some((name) => CHILDREN.some((child) => child === name)));

describe('I04 what lies in org 1 is nowhere to be found below org 2', () => {
  test.each(onAChild.map((operation) => [nameOf(operation), operation] as const))('%s', async (_, operation) => {
    const { stranger } = world;
    await changesNothing(async () => {
      const foreign = await answerOf(operation, stranger.token, { org: stranger.org.id });
      expect(JSON.parse(foreign)).toMatchObject({ status: 404, code: expect.stringMatching(/^\w+_not_found$/) });
      const unknown = { invite_id: randomUUID(), token_id: randomUUID(), user_id: randomUUID(), prefix: 'pds_00000000' };
      expect(await answerOf(operation, stranger.token, { org: stranger.org.id, ...unknown })).toBe(foreign);
    });
  });
});

const isReading = ({ operation }: { operation: Operation }) => operation.method === 'GET';

describe('R01 whoever may', () => {
  const allowed = CASES.filter(({ refusal }) => !refusal);

  test.each(allowed.filter(isReading))('$title → $operation.status', async ({ operation, actor }) => {
    await changesNothing(async () => {
      const answer = JSON.parse(await answerOf(operation, actor.credential(world)));
      expect([answer.status, answer.code]).toEqual([operation.status, undefined]);
    });
  });

  test.each(allowed.filter((one) => !isReading(one)))('$title → $operation.status', async ({ operation, actor }) => {
    const fresh = await newWorld(project);
    const own = actor.role && idsIn(fresh, fresh.own[actor.role]);
    const { status, body } = await send(requestTo(operation, fresh, own), actor.credential(fresh));
    expect([status, body.code]).toEqual([operation.status, undefined]);
  });
});

/** How the part of an operation that needs one more permission is tried, and what tells that it worked. */
type Part = (operation: Operation, fresh: World, role: Role) => Promise<boolean>;
const tokenOfAnother = (fresh: World, role: Role) => (role === 'owner' ? fresh.own.admin : fresh.own.owner);

const PARTS: Partial<Record<Permission, Part>> = {
  'org:secure': async (operation, fresh, role) => {
    const answer = await send({ ...requestTo(operation, fresh), body: { mfa_required: false } }, fresh[role].token);
    return answer.status === operation.status;
  },
  'org:leave': async (operation, fresh, role) => {
    // So that an owner is not the last.
    await fresh.owner.call('PATCH', `/v1/orgs/${fresh.org.id}/members/${fresh.target.userId}`, { role: 'owner' });
    const answer = await send(requestTo(operation, fresh, { user_id: fresh[role].userId }), fresh[role].token);
    return answer.status === operation.status;
  },
  'tokens:manage-all': async (operation, fresh, role) => {
    const other = tokenOfAnother(fresh, role);
    const { status, body } = await send(requestTo(operation, fresh, idsIn(fresh, other)), fresh[role].token);
    if (operation.method === 'GET') return body.items.some(({ id }: { id: string }) => id === other.id);
    return status === operation.status;
  },
};

const partsOf = (operation: Operation) => (operation.also ?? []).map(({ permission }) => ({ operation, permission }));
const PART_CASES = OPERATIONS.flatMap(partsOf).flatMap(({ operation, permission }) =>
  (['owner', 'admin', 'member'] as const).map((role) => ({
    title: `${nameOf(operation)} with ${permission} by ${role}`,
    ...{ operation, permission, role, allowed: roleMay(role, permission) },
  })),
);

describe('R01 the part of an operation that needs more', () => {
  test.each(PART_CASES)('$title → $allowed', async ({ operation, permission, role, allowed }) => {
    const part = PARTS[permission];
    if (!part) throw new Error(`PARTS does not say how to try ${permission}`);
    expect(await part(operation, await newWorld(project), role)).toBe(allowed);
  });
});
