import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { selectRows } from '@/db/select-rows';
import { type GatewayWorld, type Owner, startGatewayWorld } from '@/e2e/support/gateway-world';
import { type ScriptedAgent, startScriptedAgent } from '@/e2e/support/scripted-agent';
import { sendsHeaders } from '@/e2e/support/scripted-faults';
import { enlist, holdSandbox } from '@/e2e/support/scripted-fleet';
import { testClickhouse } from '@/lib/audit/fixtures/audited-org';
import { flushRequests } from '@/lib/requests/request-log';

const NODE_TOKEN = 'the-secret-between-them';
let world: GatewayWorld;
let agent: ScriptedAgent;
let other: ScriptedAgent;
let owner: Owner;
let sandbox: string;
beforeAll(testClickhouse);
beforeAll(async () => {
  world = await startGatewayWorld({ PANDASTACK_NODE_TOKEN: NODE_TOKEN });
  [agent, other] = [await startScriptedAgent(), await startScriptedAgent()];
  owner = await world.owner();
  const agentId = await enlist({ url: agent.url });
  await enlist({ url: other.url, capacity: { cpu_used: 8 } });
  sandbox = await holdSandbox({ agentId, workspace: owner.org.id });
});
afterAll(async () => {
  await Promise.all([agent.close(), other.close()]);
  await world.close();
});
beforeEach(() => {
  agent.arrivals.length = 0;
  other.arrivals.length = 0;
});

const arrived = () => {
  expect([agent.arrivals.length, other.arrivals.length]).toEqual([1, 0]);
  const [arrival] = agent.arrivals;
  if (!arrival) throw new Error('nothing arrived');
  return arrival;
};
const head = (line: string, ...headers: string[]) => [
  `${line} HTTP/1.1`,
  'Host: localhost',
  `Authorization: Bearer ${owner.apiToken}`,
  'Connection: close',
  ...headers,
];

describe('what an agent is told', () => {
  test('is who the sender is, and nothing that only we may say is taken from the sender', async () => {
    const spoofed = {
      'x-node-token': 'mine',
      'x-fcs-workspace': 'admin',
      'x-fcs-sandbox': 'x',
      'x-pandastack-user-id': 'somebody',
      'x-pandastack-auth-method': 'db-api',
      'x-pandastack-broker-auth': 'Bearer x',
      'x-stub-user': 'root',
      'x-forwarded-for': '10.0.0.1',
      'x-forwarded-agent': 'x',
      forwarded: 'for=10.0.0.1',
      cookie: 'a=b',
      'x-real-ip': '10.0.0.1',
      'x-request-id': 'chosen-by-the-client',
    };
    await world.send(owner.apiToken, `/v1/sandboxes/${sandbox}?a=1`, { headers: spoofed });
    const { headers, rawHeaders, path } = arrived();
    expect(path).toBe(`/sandboxes/${sandbox}?a=1`);
    expect(headers).toMatchObject({
      'x-node-token': NODE_TOKEN,
      'x-fcs-workspace': owner.org.id,
      'x-pandastack-org-id': owner.org.id,
      'x-pandastack-user-id': owner.userId,
      'x-pandastack-user-email': owner.email,
      'x-pandastack-auth-method': 'token',
      'x-request-id': 'chosen-by-the-client',
    });
    const names = rawHeaders.map(([name]) => name.toLowerCase());
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    for (const name of ['authorization', 'cookie', 'forwarded', 'x-real-ip', 'x-stub-user', 'x-fcs-sandbox']) {
      expect(names).not.toContain(name);
    }
    expect(names.filter((name) => /^x-(?:forwarded|pandastack-(?:broker|remote))/.test(name))).toEqual([]);
  });

  test('is a person’s sign-in when a person asks', async () => {
    await world.send(owner.token, `/v1/sandboxes/${sandbox}`);
    expect(arrived().headers).toMatchObject({ 'x-pandastack-auth-method': 'jwt', 'x-pandastack-user-id': owner.userId });
  });

  test('is not what the sender says to the next hop alone', async () => {
    await world.sendRaw(
      head(
        `GET /v1/sandboxes/${sandbox}`,
        'Connection: X-Hop, Keep-Alive',
        'X-Hop: 1',
        'Keep-Alive: timeout=9',
        'TE: trailers',
        'Proxy-Authorization: Basic eDp5',
        'Upgrade: h2c',
      ),
    );
    const { headers } = arrived();
    for (const name of ['x-hop', 'keep-alive', 'te', 'proxy-authorization', 'upgrade']) expect(headers).not.toHaveProperty(name);
  });

  test('is never cut down by naming our headers in Connection', async () => {
    await world.sendRaw(head(`GET /v1/sandboxes/${sandbox}`, 'Connection: X-Fcs-Workspace, X-Node-Token, X-Pandastack-User-Id'));
    expect(arrived().headers).toMatchObject({ 'x-fcs-workspace': owner.org.id, 'x-node-token': NODE_TOKEN });
  });

  test('goes no further than the agent when a program in a sandbox is asked', async () => {
    await world.send(owner.apiToken, `/v1/sandboxes/${sandbox}/proxy/8080/a`);
    const { headers } = arrived();
    const ends = (headers.connection ?? '').toLowerCase().split(', ');
    for (const name of Object.keys(headers).filter((one) => /^x-(?:node|fcs|pandastack)/.test(one))) expect(ends).toContain(name);
    expect(ends).toContain('x-node-token');
  });

  test('is the body as it came, its length and its coding', async () => {
    const body = Buffer.from([0, 1, 2, 250, 255]);
    const headers = { 'content-type': 'application/octet-stream', 'content-encoding': 'x-own' };
    const answer = await world.send(owner.apiToken, `/v1/sandboxes/${sandbox}/fs?path=/a%2Fb`, { method: 'PUT', body, headers });
    const arrival = arrived();
    expect(arrival.path).toBe(`/sandboxes/${sandbox}/fs?path=/a%2Fb`);
    expect(arrival.headers).toMatchObject({ ...headers, 'content-length': '5' });
    expect(answer.status).toBe(200);
  });
});

describe('a request that could be read in two ways', () => {
  test.each([
    ['two lengths', 'Content-Length: 5', 'Content-Length: 6'],
    ['a length and chunks', 'Content-Length: 5', 'Transfer-Encoding: chunked'],
    ['chunks under a false name', 'Transfer-Encoding: xchunked'],
    ['chunks twice', 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity'],
    ['a folded header', 'X-A: 1', ' folded: 2'],
    ['a space before the colon', 'Content-Length : 5'],
  ])('by %s reaches no agent', async (_what, ...headers) => {
    const answer = await world.sendRaw(head(`POST /v1/sandboxes/${sandbox}/exec`, ...headers), 'abcde');
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(agent.arrivals).toEqual([]);
  });

  test('by two credentials is nobody’s', async () => {
    const answer = await world.sendRaw(head(`GET /v1/sandboxes/${sandbox}`, 'Authorization: Bearer x'));
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
    expect(agent.arrivals).toEqual([]);
  });

  test('by 33 KB of headers is refused', async () => {
    const answer = await world.sendRaw(head(`GET /v1/sandboxes/${sandbox}`, `X-Large: ${'a'.repeat(33_000)}`));
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
    expect(agent.arrivals).toEqual([]);
  });

  const id = () => sandbox;
  test.each([
    ['a dot segment', () => `/v1/sandboxes/${id()}/../other`],
    ['an encoded dot segment', () => `/v1/sandboxes/${id()}/%2e%2e/other`],
    ['half an encoded dot segment', () => `/v1/sandboxes/${id()}/.%2E/other`],
    ['a dot segment of one', () => `/v1/sandboxes/./${id()}`],
    ['a dot segment in a program’s path', () => `/v1/sandboxes/${id()}/proxy/80/%2e%2e/%2e%2e/other`],
    ['an encoded dot segment behind an encoded slash', () => `/v1/sandboxes/${id()}/proxy/80/a%2f..%2f..%2fother`],
    ['an encoded slash', () => `/v1/sandboxes/${id()}%2Fexec`],
    ['an encoded slash in a name', () => '/v1/templates/a%2f..%2fb'],
    ['a slash encoded twice', () => `/v1/sandboxes/${id()}/fs%252fdir`],
    ['an empty segment', () => `/v1/sandboxes//${id()}`],
    ['a backslash', () => `/v1/sandboxes/${id()}\\..\\x`],
    ['an encoded backslash', () => `/v1/sandboxes/${id()}%5c..%5cx`],
    ['an encoded NUL', () => `/v1/sandboxes/${id()}/fs%00`],
    ['an encoded newline', () => `/v1/sandboxes/${id()}/fs%0d%0aX:1`],
    ['a malformed escape', () => `/v1/sandboxes/${id()}/fs%zz`],
    ['a slash at its end', () => `/v1/sandboxes/${id()}/`],
    ['a name that hides', () => '/v1/volumes/.hidden'],
  ])('by a path with %s is refused', async (_what, path) => {
    expect(await world.sendRaw(head(`GET ${path()}`))).toMatch(/^HTTP\/1.1 400 /);
    expect([...agent.arrivals, ...other.arrivals]).toEqual([]);
  });

  test.each([
    '/v1/audit',
    '/v1/db/x/restore',
    '/v1/stats',
    '/v1/stats/boot/x',
    '/v1/templates/x/y',
    '/v1/repl',
    '/v1/volumes/x/y',
    '/v1/sandboxesx',
    '/v1/metrics/x',
    '/v1//sandboxes',
    '/v1/./sandboxes',
    '/v1/orgs/../sandboxes',
    '/V1/sandboxes',
    '/sandboxes',
  ])('or that no agent is meant to answer, %s, is not found', async (path) => {
    expect(await world.sendRaw(head(`GET ${path}`))).toMatch(/^HTTP\/1.1 (?:404|400|200 OK\r\nx-router: pages)/);
    expect([...agent.arrivals, ...other.arrivals]).toEqual([]);
  });

  test('but an encoded slash in what a program is asked for is the program’s', async () => {
    await world.send(owner.apiToken, `/v1/sandboxes/${sandbox}/proxy/80/@scope%2Fname`);
    expect(arrived().path).toBe(`/sandboxes/${sandbox}/proxy/80/@scope%2Fname`);
  });

  test.each(['TRACE', 'OPTIONS', 'PROPFIND'])('nor by the method %s', async (method) => {
    expect(await world.sendRaw(head(`${method} /v1/sandboxes/${sandbox}`))).toMatch(/^HTTP\/1.1 405 /);
    expect(agent.arrivals).toEqual([]);
  });
});

describe('who may not call', () => {
  test.each([
    ['nobody', {}, 401, 'missing_token'],
    ['a token in the address', {}, 401, 'missing_token', '?access_token=x'],
    ['a session cookie', { cookie: 'sb-x-auth-token=y' }, 401, 'missing_token'],
    ['a false token', { authorization: `Bearer pds_${'x'.repeat(40)}` }, 401, 'invalid_api_token'],
  ])('%s is refused in our form and reaches no agent', async (_who, headers, status, code, query = '') => {
    const answer = await fetch(`${world.url}/v1/sandboxes/${sandbox}${query}`, { headers: headers as Record<string, string> });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code]);
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(agent.arrivals).toEqual([]);
  });
});

describe('an agent’s answer', () => {
  test('plants nothing in a browser and speaks for nobody but itself', async () => {
    agent.answer(
      sendsHeaders({
        'content-type': 'text/html',
        'set-cookie': ['sb-auth-token=x; Path=/', 'b=c'],
        'clear-site-data': '"*"',
        'strict-transport-security': 'max-age=1',
        'access-control-allow-origin': '*',
        'access-control-allow-credentials': 'true',
        'service-worker-allowed': '/',
        'content-security-policy': "script-src 'unsafe-inline'",
        'cache-control': 'public, max-age=9',
        'x-node-token': NODE_TOKEN,
        'x-fcs-sandbox': 'x',
        'x-own': 'kept',
        connection: 'X-Hop, close',
        'x-hop': '1',
        etag: '"1"',
      }),
    );
    const answer = await world.send(owner.apiToken, `/v1/sandboxes/${sandbox}/proxy/8080/`, {
      headers: { 'x-request-id': 'request-0001' },
    });
    const headers = Object.fromEntries(answer.headers);
    expect(headers).toMatchObject({
      'content-type': 'text/html',
      'x-own': 'kept',
      etag: '"1"',
      'cache-control': 'private, no-store',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'x-request-id': 'request-0001',
    });
    for (const name of [
      'set-cookie',
      'clear-site-data',
      'strict-transport-security',
      'access-control-allow-origin',
      'access-control-allow-credentials',
      'service-worker-allowed',
      'x-node-token',
      'x-fcs-sandbox',
      'x-hop',
    ]) {
      expect(headers).not.toHaveProperty(name);
    }
  });

  test('that sends elsewhere is not followed, and within the agent stays within the API', async () => {
    agent.answer(sendsHeaders({ location: `/sandboxes/${sandbox}/fs` }, 301));
    const inside = await world.send(owner.apiToken, `/v1/sandboxes/${sandbox}/fs`);
    expect([inside.status, inside.headers.get('location')]).toEqual([301, `/v1/sandboxes/${sandbox}/fs`]);
    agent.answer(sendsHeaders({ location: other.url }, 302));
    expect((await world.send(owner.apiToken, `/v1/sandboxes/${sandbox}`)).status).toBe(302);
    expect(other.arrivals).toEqual([]);
  });

  test('that it does not know us is our failure, never the caller’s credential’s', async () => {
    agent.answer(sendsHeaders({ 'content-type': 'application/json' }, 401));
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/pause'],
    ] as const) {
      const answer = await world.send(owner.apiToken, `/v1/sandboxes/${sandbox}${path}`, { method });
      const { code, hint } = (await answer.json()) as { code: string; hint: string };
      expect([answer.status, code]).toEqual([502, 'agent_unreachable']);
      expect(hint).toContain('PANDASTACK_NODE_TOKEN');
    }
    expect((await world.send(owner.apiToken, `/v1/sandboxes/${sandbox}/proxy/80/`)).status).toBe(401);
  });
});

describe('what the request log keeps', () => {
  const rowOf = (requestId: string | null) =>
    vi.waitFor(async () => {
      await flushRequests();
      const columns = 'workspace_id, actor_id, route, status';
      const rows = await selectRows(
        `SELECT ${columns} FROM pandastack.http_requests WHERE request_id = {id:String}`,
        { id: requestId ?? '' },
        2,
      );
      expect(rows).toHaveLength(1);
      return rows[0];
    });

  test('is one row a call, under the id it was answered with, of its sender and their org', async () => {
    agent.answer(sendsHeaders({ 'content-type': 'application/json' }));
    const answer = await world.send(owner.apiToken, `/v1/sandboxes/${sandbox}`);
    expect(await rowOf(answer.headers.get('x-request-id'))).toEqual({
      workspace_id: owner.org.id,
      actor_id: expect.stringMatching(/^token:/),
      route: '/v1/sandboxes/{sandbox}',
      status: 200,
    });
  });

  test('is a refusal too, of nobody where nobody was proven', async () => {
    const answer = await world.send('nonsense', `/v1/sandboxes/${sandbox}`);
    expect(await rowOf(answer.headers.get('x-request-id'))).toMatchObject({ workspace_id: '', actor_id: '', status: 401 });
  });
});
