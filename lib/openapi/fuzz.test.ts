import process from 'node:process';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newWorld, requestTo, send, type World } from '@/e2e/support/api-world';
import { bodies, headerValues, queries, segments } from '@/e2e/support/hostile-inputs';
import { testDatabase } from '@/e2e/support/test-database';
import type { Answer } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { testClickhouse } from '@/lib/audit/fixtures/audited-org';
import type { ErrorCode } from '@/lib/errors';
import { nameOf, type Operation, parametersOf } from './operation';
import { errorsOf } from './operation-errors';
import { OPERATIONS } from './operations';

// The long form is `npm run fuzz:api -- --count 10000 --seed 7`.
const COUNT = Number(process.env.FUZZ_COUNT ?? 120);
const SEED = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 31));
const INPUTS_A_WORLD = 400;

/** Fields whose value the domain judges, so that a body the schema takes may still be refused for them. */
const RANGE = ['from', 'step'];
const JUDGED_BY_THE_DOMAIN: Record<string, string[]> = {
  deleteOrg: ['confirm'],
  transferOrg: ['user_id'],
  listAuditEvents: ['cursor'],
  listInvites: ['cursor'],
  listMyInvites: ['cursor'],
  listTokens: ['cursor'],
  listCurrentTokens: ['cursor'],
  readOverview: RANGE,
  readSandboxMetrics: RANGE,
  readUsage: RANGE,
  exportUsage: RANGE,
};

let project: TestProject;
beforeAll(testDatabase);
beforeAll(testClickhouse);
beforeAll(async () => {
  project = await startTestProject();
  console.log(`fuzz: seed ${SEED}, ${COUNT} inputs an operation`);
});
afterAll(() => project.close());

interface Input {
  body?: string;
  query?: string;
  /** In place of what the path names; undefined keeps it. */
  segments: (string | undefined)[];
  header?: string;
  contentType?: string;
  credential: 'usual' | 'token' | 'nonsense';
}

function inputsOf(operation: Operation): fc.Arbitrary<Input> {
  const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
  const names = parametersOf(operation);
  return fc.record({
    body: operation.input ? bodies(operation.input) : fc.constant(undefined),
    query: operation.query
      ? queries(operation.query)
      : rarely(fc.constantFrom('a=1', '__proto__[polluted]=1', 'org=x&org=y', '%zz')),
    segments: fc.tuple(...names.map(() => rarely(segments))),
    header: rarely(headerValues),
    contentType: rarely(fc.constantFrom('text/plain', 'application/json; charset=utf-16', 'multipart/form-data', 'json', '')),
    credential: fc.constantFrom<Input['credential']>(...Array(18).fill('usual'), 'token', 'nonsense'),
  });
}

function pathOf(operation: Operation, world: World, { segments, query }: Input): string {
  const kept = requestTo(operation, world).path.split('/');
  const places = operation.path.split('/').flatMap((part, at) => (part.startsWith('{') ? [at] : []));
  places.forEach((at, index) => {
    kept[at] = segments[index] || (kept[at] ?? '');
  });
  return kept.join('/') + (query === undefined ? '' : `?${query}`);
}

async function answerTo(operation: Operation, world: World, input: Input): Promise<Answer> {
  const { headers, method } = requestTo(operation, world);
  const caller = operation.id === 'acceptInvite' || operation.id === 'declineInvite' ? world.outsider : world.owner;
  const credential = { usual: caller.token, token: world.tokens.admin.token, nonsense: 'nonsense' }[input.credential];
  if (input.header !== undefined) Object.assign(headers, { 'x-pandastack-org': input.header, 'x-request-id': input.header });
  if (input.contentType !== undefined) headers['content-type'] = input.contentType;
  const sent = { method, path: pathOf(operation, world, input), body: input.body, headers };
  return send(sent, credential);
}

/** Whether nothing but the body can be to blame. */
function isWholeApartFromItsInput({ segments, header, contentType, credential }: Input): boolean {
  return credential === 'usual' && header === undefined && contentType === undefined && segments.every((one) => !one);
}

/** What the schema itself says of a body or query; undefined where it is not asked. */
function verdictOf(operation: Operation, { body, query }: Input): boolean | undefined {
  if (operation.input && body !== undefined) {
    const value = body === '' ? {} : parsed(body);
    return value === UNREADABLE || Buffer.byteLength(body) > 65_536 ? undefined : operation.input.safeParse(value).success;
  }
  if (!operation.query || query === undefined) return undefined;
  const pairs = [...new URL(`http://localhost/?${query}`).searchParams];
  if (new Set(pairs.map(([name]) => name)).size < pairs.length) return false;
  return operation.query.safeParse(Object.fromEntries(pairs)).success;
}
const UNREADABLE = Symbol('unreadable');
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return UNREADABLE;
  }
}

function judge(operation: Operation, input: Input, { status, body }: Answer): void {
  const told = JSON.stringify({ status, body }).slice(0, 500);
  expect(status, told).toBeLessThan(500);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  // An odd segment may lead to another path.
  const documented: ErrorCode[] = [...errorsOf(operation), 'not_found', 'validation_failed', 'method_not_allowed'];
  if (status >= 400) expect(documented, told).toContain(body.code);
  const accepts = verdictOf(operation, input);
  if (accepts === undefined || !isWholeApartFromItsInput(input)) return;
  if (!accepts) expect([status, body.code], told).toEqual([400, 'validation_failed']);
  else if (body?.code === 'validation_failed') expect(JUDGED_BY_THE_DOMAIN[operation.id], told).toContain(body.fields?.[0]?.path);
}

test.each(OPERATIONS.map((operation) => ({ title: nameOf(operation), operation })))(
  'N06 $title is never answered with a fault of ours, and takes what its schema takes',
  async ({ operation }) => {
    let world = await newWorld(project);
    let used = 0;
    const property = fc.asyncProperty(inputsOf(operation), async (input) => {
      if (++used % INPUTS_A_WORLD === 0) world = await newWorld(project);
      judge(operation, input, await answerTo(operation, world, input));
    });
    await fc.assert(property, { numRuns: COUNT, seed: SEED });
  },
  30 * 60_000,
);
