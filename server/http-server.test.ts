import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Config, loadConfig } from '@/lib/config';
import { endpoint } from '@/lib/http/endpoint';
import { ok } from '@/lib/http/reply';
import { createApiApp } from './api-app';
import type { ApiRoute } from './dispatch-route';
import { createGateway } from './gateway/gateway';
import { createHttpServer } from './http-server';

const DASHBOARD = 'https://dashboard.example.com';
const echo = endpoint<Record<string, string | string[]>>(async (request, params) =>
  ok({ path: new URL(request.url).pathname, params }),
);
const ROUTES: ApiRoute[] = [
  { pattern: '/v1/me', handlers: { GET: echo, POST: echo } },
  { pattern: '/v1/orgs/invites/:token', handlers: { GET: echo } },
  { pattern: '/v1/orgs/:org', handlers: { GET: echo, DELETE: echo } },
  { pattern: '/v1/files/:rest{.+}', handlers: { GET: echo } },
];

let server: Server;

beforeAll(async () => {
  const holder = globalThis as typeof globalThis & { __pandastackConfig?: Config };
  holder.__pandastackConfig = loadConfig({ PANDASTACK_AUTH_MODE: 'stub', PANDASTACK_LOG_LEVEL: 'silent' });
  server = createHttpServer({
    api: createApiApp(DASHBOARD, ROUTES),
    pages: async (request, response) => {
      response.writeHead(200, { 'x-router': 'pages' }).end(request.url);
    },
    gateway: createGateway(DASHBOARD),
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function send(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
}

/** For what fetch would correct or refuse to send. */
function sendRaw(requestLine: string, ...headers: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer)).on('error', reject);
    const host = headers.some((line) => /^host:/i.test(line)) ? [] : ['Host: localhost'];
    socket.write([`${requestLine} HTTP/1.1`, ...host, ...headers, '', ''].join('\r\n'));
  });
}

describe('S06 stub mode under a name from elsewhere', () => {
  it.each(['evil.example', 'evil.example:3000', 'localhost.evil.example', '10.0.0.5', '127.0.0.1.evil.example'])(
    'serves no page and no script to %s',
    async (host) => {
      for (const path of ['/', '/login', '/orgs/local-dev', '/_next/static/x.js']) {
        const answer = await sendRaw(`GET ${path}`, `Host: ${host}`, 'Connection: close');
        expect(answer).toMatch(/^HTTP\/1\.1 403 /);
        expect(answer).not.toContain('x-router');
      }
    },
  );

  it.each(['localhost', 'LOCALHOST:3000', '127.0.0.1:3000', '[::1]:3000'])('serves pages to %s', async (host) => {
    expect(await sendRaw('GET /login', `Host: ${host}`, 'Connection: close')).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('leaves names to others in the other modes', async () => {
    const holder = globalThis as typeof globalThis & { __pandastackConfig?: Config | undefined };
    const stub = holder.__pandastackConfig;
    try {
      holder.__pandastackConfig = { ...(stub ?? expect.fail()), mode: 'oidc' };
      expect(await sendRaw('GET /login', 'Host: dashboard.example.com', 'Connection: close')).toMatch(/^HTTP\/1\.1 200 /);
    } finally {
      holder.__pandastackConfig = stub;
    }
  });
});

describe('the API router', () => {
  it('prefers a literal segment to a parameter', async () => {
    expect(await (await send('/v1/orgs/invites/abc')).json()).toMatchObject({ params: { token: 'abc' } });
    expect(await (await send('/v1/orgs/invites')).json()).toMatchObject({ params: { org: 'invites' } });
  });

  it.each([
    ['/v1/orgs/a%2Fb', 'a/b'],
    ['/v1/orgs/%E4%BD%A0', '你'],
    ['/v1/orgs/a+b%20c', 'a+b c'],
    ['/v1/orgs/100%25', '100%'],
    ['/v1/orgs/%2525', '%25'],
  ])('decodes the parameter of %s once', async (path, org) => {
    expect(await (await send(path)).json()).toMatchObject({ params: { org } });
  });

  it('hands a catch-all its segments one by one, an escaped slash inside one', async () => {
    expect(await (await send('/v1/files/a/b%2Fc/d')).json()).toMatchObject({ params: { rest: ['a', 'b/c', 'd'] } });
  });

  it.each(['/v1/orgs/%zz', '/v1/orgs/%E4%BD', '/v1/files/%', '/orgs/%zz'])(
    'answers the malformed escape of %s with 400',
    async (path) => {
      expect((await send(path)).status).toBe(400);
    },
  );

  it('answers HEAD with the headers of GET alone', async () => {
    const response = await send('/v1/me', { method: 'HEAD' });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('tells by OPTIONS, and when it refuses a method, which there are', async () => {
    const options = await send('/v1/orgs/acme', { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'DELETE, GET, HEAD, OPTIONS']);
    const refused = await send('/v1/orgs/acme', { method: 'PATCH' });
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'DELETE, GET, HEAD, OPTIONS']);
    expect(await refused.json()).toMatchObject({ code: 'method_not_allowed' });
  });

  it.each(['/v1', '/v1/', '/v1/nothing', '/v1/me/', '/v1//me', '/v1/orgs/../../login'])(
    'answers %s with a JSON 404',
    async (path) => {
      const answer = await sendRaw(`GET ${path}`, 'Connection: close');
      expect(answer).toMatch(/^HTTP\/1.1 404 /);
      expect(answer).toContain('"code":"not_found"');
      expect(answer).toMatch(/cache-control: private, no-store/i);
      expect(answer).toMatch(/x-request-id: \S/i);
    },
  );
});

describe('a browser on another origin', () => {
  const preflight = (origin: string) =>
    send('/v1/me', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });

  it('is let in when it is the dashboard, without credentials', async () => {
    const { status, headers } = await preflight(DASHBOARD);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, DASHBOARD]);
    expect(headers.get('access-control-allow-headers')).toBe(
      'Authorization, Content-Type, Idempotency-Key, X-Pandastack-Org, X-Request-Id',
    );
    expect(headers.has('access-control-allow-credentials')).toBe(false);
    const read = await send('/v1/me', { headers: { origin: DASHBOARD } });
    expect(read.headers.get('access-control-allow-origin')).toBe(DASHBOARD);
    expect(read.headers.get('vary')).toContain('Origin');
  });

  it.each(['https://evil.example', 'null', `${DASHBOARD}.evil.example`, 'http://dashboard.example.com'])(
    'is kept out as %s',
    async (origin) => {
      expect((await preflight(origin)).headers.has('access-control-allow-origin')).toBe(false);
      const read = await send('/v1/me', { headers: { origin } });
      expect(read.headers.has('access-control-allow-origin')).toBe(false);
      expect(read.headers.get('vary')).toContain('Origin');
    },
  );
});

describe('the request line', () => {
  it('may name a host, which counts for nothing', async () => {
    expect(await sendRaw('GET http://169.254.169.254/v1/me', 'Connection: close')).toContain('"path":"/v1/me"');
    expect(await sendRaw('GET http://169.254.169.254/login?a=1', 'Connection: close')).toMatch(/\/login\?a=1/);
  });

  it.each(['GET ftp://evil/x', 'OPTIONS *', 'GET http://[::bad/'])('is refused as "%s"', async (line) => {
    expect(await sendRaw(line, 'Connection: close')).toMatch(/^HTTP\/1.1 400 /);
  });

  it('that asks for a WebSocket is refused, wherever it points', async () => {
    for (const target of ['/v1/me', '/login', 'http://169.254.169.254/latest/meta-data']) {
      const answer = await sendRaw(`GET ${target}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13');
      expect(answer).toMatch(/^HTTP\/1.1 404 /);
    }
  });

  it('that asks for a WebSocket with more headers than anybody checks is refused', async () => {
    const many = Array.from({ length: 140 }, (_, index) => `X-${index}: 1`);
    expect(await sendRaw('GET /v1/me', 'Connection: Upgrade', 'Upgrade: websocket', ...many)).toMatch(/^HTTP\/1.1 431 /);
  });

  it('that offers HTTP/2 is answered in HTTP/1.1', async () => {
    expect(await sendRaw('GET /v1/me', 'Connection: Upgrade, close', 'Upgrade: h2c')).toMatch(/^HTTP\/1.1 200 /);
  });

  it('leaves every path outside the API to the pages', async () => {
    for (const path of ['/', '/login', '/v1x', '/healthzz', '/orgs/v1/me']) {
      expect([path, (await send(path)).headers.get('x-router')]).toEqual([path, 'pages']);
    }
  });

  it('and its headers are answered 431 when they are too long', async () => {
    expect(await sendRaw('GET /v1/me', `X-Long: ${'x'.repeat(40_000)}`)).toMatch(/^HTTP\/1.1 431 /);
  });
});
