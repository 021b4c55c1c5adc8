import type { AddressInfo } from 'node:net';
import { AuthError, BadRequestError, Client, NotFoundError, Sandbox, ServerError } from '@pandastack/sdk';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { testDatabase } from '@/e2e/support/test-database';
import { newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { createApiApp } from './api-app';
import { createGateway } from './gateway/gateway';
import { createHttpServer } from './http-server';

// The package as it lies on npm, unmodified, over real HTTP.

let project: TestProject;
let owner: Person & { org: { id: string; slug: string } };
let apiUrl: string;
let apiKey: string;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
  const server = createHttpServer({
    api: createApiApp('http://localhost:3000'),
    pages: async () => {},
    gateway: createGateway('http://localhost:3000'),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  owner = await newOwner(project);
  apiKey = await mint('owner');
  return () => server.closeAllConnections();
});
afterAll(() => project.close());

async function mint(role: string): Promise<string> {
  return (await owner.call('POST', `/v1/orgs/${owner.org.id}/tokens`, { label: 'sdk', role })).body.token;
}
const client = (key = apiKey) => new Client({ apiUrl, apiKey: key });

/** What the package makes of a refusal. */
async function refusal(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error('it was not refused');
  return { kind: error.constructor, sentence: error.message, status: 'statusCode' in error ? error.statusCode : undefined };
}

test('the SDK takes address and token from the environment and learns who it is', async () => {
  vi.stubEnv('PANDASTACK_API', apiUrl);
  vi.stubEnv('PANDASTACK_API_KEY', apiKey);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(await new Client().me()).toMatchObject({
    user_id: owner.userId,
    auth_method: 'token',
    current_org: { id: owner.org.id, slug: owner.org.slug },
  });
});

test('the SDK reads what an API token may read', async () => {
  expect(await client().request('GET', '/orgs')).toMatchObject([{ id: owner.org.id, role: 'owner' }]);
  expect(await client().request('GET', `/orgs/${owner.org.slug}`)).toMatchObject({ id: owner.org.id });
  expect(await client().request('GET', `/orgs/${owner.org.id}/members`)).toMatchObject([{ user_id: owner.userId }]);
});

test('a token that is not valid is an AuthError of the SDK, with our sentence', async () => {
  expect(await refusal(client(`pds_${'0'.repeat(36)}`).me())).toEqual({
    kind: AuthError,
    sentence: 'This API token is not valid',
    status: 401,
  });
});

test('so is what tokens may not do, sent as the SDK sends it: with an empty body of plain text', async () => {
  for (const [method, path, json] of [
    ['POST', `/orgs/${owner.org.id}/tokens`, { label: 'another' }],
    ['POST', '/me/email', undefined],
    ['DELETE', `/orgs/${owner.org.id}/members/somebody`, undefined],
  ] as const) {
    const told = await refusal(client().request(method, path, { json }));
    expect(told).toEqual({ kind: AuthError, sentence: 'API tokens cannot do this', status: 403 });
  }
});

test('an organization of others is a NotFoundError of the SDK, with our sentence', async () => {
  const other = await newOwner(project);
  expect(await refusal(client().request('GET', `/orgs/${other.org.id}`))).toEqual({
    kind: NotFoundError,
    sentence: 'There is no such organization, or you are not a member of it',
    status: 404,
  });
});

test('input we refuse is a BadRequestError of the SDK that names the field', async () => {
  const call = client().request('GET', `/orgs/${owner.org.id}/audit-log`, { query: { action: 'nothing' } });
  expect(await refusal(call)).toEqual({
    kind: BadRequestError,
    sentence: 'action: is not an action that is recorded',
    status: 400,
  });
});

test('without a machine a sandbox is a ServerError of the SDK, with our sentence', async () => {
  const told = await refusal(Sandbox.create({ template: 'code-interpreter' }, client()));
  expect(told).toEqual({ kind: ServerError, sentence: 'No machine is there to run sandboxes', status: 503 });
});

test('a person, too, may use the SDK with their access token', async () => {
  const person = newPerson(project);
  expect(await client(person.token).me()).toMatchObject({ user_id: person.userId, auth_method: 'jwt', orgs: [] });
});
