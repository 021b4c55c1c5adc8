import { type Server, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sessionCookie } from '@/e2e/support/scripted-auth-server';
import { testDatabase } from '@/e2e/support/test-database';
import { newOwner, newPerson } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { sessionCookieName } from '@/lib/supabase/session-cookie-name';
import { createApiApp } from '@/server/api-app';
import { createGateway } from '@/server/gateway/gateway';
import { createHttpServer } from '@/server/http-server';

let project: TestProject;
let server: Server;
let port: number;
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
  server = createHttpServer({
    api: createApiApp('http://localhost:3000'),
    pages: async (_request, response) => void response.end(),
    gateway: createGateway('http://localhost:3000'),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await project.close();
});

/** A request as it stands on the wire: header names may come twice. */
function onTheWire(
  method: string,
  path: string,
  rawHeaders: string[],
): Promise<{ status: number; body: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const headers = ['host', `127.0.0.1:${port}`, ...rawHeaders];
    const request = send({ port, host: '127.0.0.1', method, path, headers, setDefaultHeaders: false }, async (response) => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode ?? 0, body: text ? JSON.parse(text) : {} });
    });
    request.on('error', reject);
    request.end();
  });
}

// Decided: refused. Node alone would keep the first, proxies in front may keep the other, and then two programs see two people.
test('J05 two Authorization headers are refused, whoever they name', async () => {
  const [first, second] = [newPerson(project), newPerson(project)];
  const headers = ['authorization', `Bearer ${first.token}`, 'authorization', `Bearer ${second.token}`];
  const { status, body } = await onTheWire('GET', '/v1/me', headers);
  expect([status, body.code]).toEqual([401, 'invalid_token']);
  expect((await onTheWire('GET', '/v1/me', headers.slice(0, 2))).body.user_id).toBe(first.userId);
});

test('J06 beside a Bearer token a session cookie says nothing', async () => {
  const [person, owner] = [newPerson(project), await newOwner(project)];
  const name = sessionCookieName({ supabasePublicUrl: project.url, dashboardUrl: 'http://localhost:3000' });
  const cookie = sessionCookie(name, { access_token: owner.token, refresh_token: 'r', expires_at: 4_000_000_000 });
  const session = ['cookie', `${cookie.name}=${cookie.value}`];
  const { body } = await onTheWire('GET', '/v1/me', ['authorization', `Bearer ${person.token}`, ...session]);
  expect(body).toMatchObject({ user_id: person.userId, orgs: [] });
  const alone = await onTheWire('GET', '/v1/me', session);
  expect([alone.status, alone.body.code]).toEqual([401, 'missing_token']);
});
