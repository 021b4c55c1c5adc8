import { type Server, request as send } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { newOwner, type Person } from '@/e2e/support/test-people';
import { startTestProject, type TestProject } from '@/e2e/support/test-project';
import { createApiApp } from './api-app';
import { createGateway } from './gateway/gateway';
import { createHttpServer } from './http-server';

let project: TestProject;
let owner: Person & { org: { id: string; slug: string } };
let server: Server;
let port: number;

beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
  owner = await newOwner(project);
  server = createHttpServer({
    api: createApiApp('https://dashboard.example.com'),
    pages: async (_request, response) => void response.end(),
    gateway: createGateway('https://dashboard.example.com'),
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await project.close();
});

/** As it stands on the wire, and what stands there in answer. */
function sendRaw(requestLine: string, headers: string[] = [], body = ''): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1');
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', () => {}).on('close', () => resolve(answer));
    const bearer = `Authorization: Bearer ${owner.token}`;
    socket.write([`${requestLine} HTTP/1.1`, 'Host: localhost', 'Connection: close', bearer, ...headers, '', body].join('\r\n'));
  });
}

/** A method and a body that fetch would not send together. */
function ask(
  method: string,
  path: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const all = {
      authorization: `Bearer ${owner.token}`,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      ...headers,
    };
    const outgoing = send({ port, host: '127.0.0.1', method, path, headers: all, agent: false }, async (response) => {
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(await response.toArray()).toString() });
    });
    outgoing.on('error', reject).end(body);
  });
}

const statusOf = (answer: string) => Number(/^HTTP\/1.1 (\d+)/.exec(answer)?.[1]);
const headerOf = (answer: string, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(answer.split('\r\n\r\n')[0] ?? '')?.[1]?.trim();

describe('N13 a request id of the sender', () => {
  it.each(['abcdefgh', 'a'.repeat(64), '0197f1a2-7c1e-7000-8000-000000000000', 'A_b-0123'])(
    'is taken when it is %s',
    async (id) => {
      const answer = await sendRaw('GET /v1/me', [`X-Request-Id: ${id}`]);
      expect(headerOf(answer, 'x-request-id')).toBe(id);
      expect(await sendRaw('GET /v1/nothing', [`X-Request-Id: ${id}`])).toContain(`"request_id":"${id}"`);
    },
  );

  it.each([
    ['short', 'abcdefg'],
    ['long', 'a'.repeat(65)],
    ['10 KB', 'a'.repeat(10_000)],
    ['JSON', '","code":"forged","x":"'],
    ['of other letters', 'schlüssel'],
    ['a path', '../../etc/passwd'],
    ['two', 'abcdefgh, ijklmnop'],
    ['a template', '{{7*7}}{{7*7}}'],
  ])('is replaced when it is %s', async (_title, id) => {
    const answer = await sendRaw('GET /v1/nothing', [`X-Request-Id: ${id}`]);
    expect(statusOf(answer)).toBe(404);
    expect(headerOf(answer, 'x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer).not.toContain(id);
  });

  it.each([
    ['a line of its own', 'abcdefgh\nX-Evil: 1'],
    ['ANSI escapes', 'abcdefgh\u001b[2J'],
    ['a NUL', 'abcdefgh\0'],
  ])('that holds %s adds no header and is in no answer', async (_title, id) => {
    const answer = await sendRaw('GET /v1/me', [`X-Request-Id: ${id}`]);
    expect([200, 400]).toContain(statusOf(answer));
    expect(headerOf(answer, 'x-evil')).toBeUndefined();
    expect(headerOf(answer, 'x-request-id') ?? '').not.toContain('abcdefgh');
  });

  it('sent twice is replaced', async () => {
    const answer = await sendRaw('GET /v1/me', ['X-Request-Id: abcdefgh', 'X-Request-Id: ijklmnop']);
    expect(headerOf(answer, 'x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('N21 a request of unheard-of size', () => {
  it.each<[string, string, string[], number]>([
    ['an address of 100 KB', `/v1/me?${'x'.repeat(100_000)}`, [], 431],
    ['10 000 query parameters', `/v1/me/tokens?${Array.from({ length: 10_000 }, (_, n) => `p${n}=1`).join('&')}`, [], 431],
    ['3 000 query parameters', `/v1/me/tokens?${Array.from({ length: 3_000 }, (_, n) => `p${n}=1`).join('&')}`, [], 400],
    ['10 000 times one parameter', `/v1/me/tokens?${'a&'.repeat(10_000)}`, [], 400],
    ['200 headers', '/v1/me', Array.from({ length: 200 }, (_, n) => `X-H${n}: 1`), 431],
    ['3 000 headers', '/v1/me', Array.from({ length: 3_000 }, (_, n) => `x${n}:1`), 431],
    ['a header of 40 KB', '/v1/me', [`X-Long: ${'x'.repeat(40_000)}`], 431],
    ['a path of 20 KB', `/v1/orgs/${'x'.repeat(20_000)}`, [], 404],
    ['a path of 5 000 segments', `/v1/${'a/'.repeat(5_000)}`, [], 404],
  ])('is refused: %s', async (_title, path, headers, status) => {
    expect(statusOf(await sendRaw(`GET ${path}`, headers))).toBe(status);
  });

  it('leaves room for what proxies add', async () => {
    expect(
      statusOf(
        await sendRaw(
          'GET /v1/me',
          Array.from({ length: 100 }, (_, n) => `X-H${n}: 1`),
        ),
      ),
    ).toBe(200);
  });
});

describe('N22 a body where none is expected', () => {
  it.each(['{"name":"x"}', 'not json', 'x'.repeat(100_000)])('changes nothing of a GET', async (body) => {
    const { text } = await ask('GET', '/v1/me', '');
    expect(await ask('GET', '/v1/me', body)).toEqual({ status: 200, text });
  });

  it('changes nothing of a DELETE that takes none', async () => {
    const path = `/v1/orgs/${owner.org.id}/tokens`;
    const { id } = (await owner.call('POST', path, { label: 'ci' })).body;
    expect(await ask('DELETE', `${path}/${id}`, '{"id":"another"}')).toEqual({ status: 204, text: '' });
  });

  it('is read of a DELETE that takes one', async () => {
    const before = await tableChecksum();
    expect((await ask('DELETE', `/v1/orgs/${owner.org.id}`, '')).status).toBe(400);
    expect((await ask('DELETE', `/v1/orgs/${owner.org.id}`, '{"confirm":"another"}')).status).toBe(400);
    expect(await tableChecksum()).toBe(before);
  });

  it('HEAD is GET without its body, refusals included', async () => {
    for (const path of ['/v1/me', '/v1/me/tokens', '/v1/orgs/nosuchorg', '/v1/nothing']) {
      const [get, head] = [await sendRaw(`GET ${path}`), await sendRaw(`HEAD ${path}`)];
      expect([path, statusOf(head), head.split('\r\n\r\n')[1]]).toEqual([path, statusOf(get), '']);
      for (const name of ['content-type', 'cache-control', 'vary', 'x-content-type-options'])
        expect(headerOf(head, name)).toBe(headerOf(get, name));
    }
  });
});

describe('I16 a method that is not the one of the request line', () => {
  const overrides = ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'];

  it('counts for nothing in a header, the query or the body', async () => {
    const before = await tableChecksum();
    const org = `/v1/orgs/${owner.org.id}`;
    const confirm = JSON.stringify({ confirm: owner.org.slug });
    for (const name of overrides) {
      const as = { [name]: 'DELETE' };
      expect((await ask('GET', org, confirm, as)).status).toBe(200);
      expect((await ask('POST', org, confirm, as)).status).toBe(405);
      expect((await ask('PATCH', org, confirm, as)).status).toBe(400);
    }
    expect((await ask('POST', `${org}?_method=DELETE`, confirm)).status).toBe(405);
    expect((await ask('GET', `${org}?_method=DELETE`, confirm)).status).toBe(200);
    expect((await ask('PATCH', org, JSON.stringify({ _method: 'DELETE', confirm: owner.org.slug }))).status).toBe(400);
    expect(await tableChecksum()).toBe(before);
  });

  it.each(['TRACE', 'PROPFIND', 'SEARCH', 'PURGE', 'PUT', 'QUERY'])('%s is not served and mirrors nothing', async (method) => {
    const before = await tableChecksum();
    const answer = await sendRaw(`${method} /v1/orgs/${owner.org.id}`, ['X-Mirror: seen-by-nobody']);
    expect([400, 405]).toContain(statusOf(answer));
    expect(answer).not.toContain('seen-by-nobody');
    expect(answer).not.toContain(owner.token);
    expect(await tableChecksum()).toBe(before);
  });

  it.each(['CONNECT', 'delete', 'FOO', 'GET/v1'])('%s is no method at all', async (method) => {
    const before = await tableChecksum();
    const answer = await sendRaw(`${method} /v1/orgs/${owner.org.id}`);
    expect(answer === '' || statusOf(answer) >= 400).toBe(true);
    expect(await tableChecksum()).toBe(before);
  });

  it('OPTIONS changes nothing, and no HEAD reaches a handler that writes', async () => {
    const before = await tableChecksum();
    const org = `/v1/orgs/${owner.org.id}`;
    expect(statusOf(await sendRaw(`OPTIONS ${org}`))).toBe(204);
    expect(statusOf(await sendRaw(`HEAD ${org}/transfer`))).toBe(405);
    expect(await tableChecksum()).toBe(before);
  });
});

it.each([
  ['GET', '/v1/me'],
  ['GET', '/v1/me/tokens?limit=0'],
  ['GET', '/v1/orgs/nosuchorg'],
  ['GET', '/v1/nothing'],
  ['PUT', '/v1/me'],
  ['OPTIONS', '/v1/me'],
  ['POST', '/v1/orgs'],
  ['GET', '/v1/invites/nosuchinvite'],
])('I17 no cache keeps the answer to %s %s, and none gives it to another', async (method, path) => {
  const answer = await sendRaw(`${method} ${path}`);
  expect(headerOf(answer, 'cache-control')).toBe('private, no-store');
  // The API reads no cookie, so none makes a difference.
  expect(headerOf(answer, 'vary')).toContain('Authorization');
  expect(headerOf(answer, 'x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headerOf(answer, 'etag') ?? headerOf(answer, 'last-modified')).toBeUndefined();
  for (const condition of ['If-None-Match: *', 'If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT', 'Range: bytes=0-1'])
    expect(statusOf(await sendRaw(`${method} ${path}`, [condition]))).toBe(statusOf(answer));
});

it.each(['{{7*7}}', '../../../../etc/passwd', '%00', "de'; DROP TABLE orgs; --", 'de-DE-x-'.repeat(500), '<script>', '*'])(
  'N24 the language %j changes no answer',
  async (language) => {
    const before = await tableChecksum();
    for (const path of ['/v1/me', '/v1/nothing']) {
      const [plain, asked] = [await sendRaw(`GET ${path}`), await sendRaw(`GET ${path}`, [`Accept-Language: ${language}`])];
      const told = (answer: string) => answer.split('\r\n\r\n')[1]?.replace(/"request_id":"[^"]+"/, '');
      expect(told(asked)).toBe(told(plain));
    }
    expect(await tableChecksum()).toBe(before);
  },
);

it('N16 what people wrote goes out as JSON that no browser takes for a page', async () => {
  const name = '</script><svg onload=alert(1)>';
  await owner.call('PATCH', `/v1/orgs/${owner.org.id}`, { name });
  const answer = await sendRaw(`GET /v1/orgs/${owner.org.id}`, ['Accept: text/html']);
  expect(answer).toContain(JSON.stringify(name));
  expect(headerOf(answer, 'content-type')).toBe('application/json; charset=utf-8');
  expect(headerOf(answer, 'x-content-type-options')).toBe('nosniff');
});
