import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Config, loadConfig } from '@/lib/config';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { ok } from '@/lib/http/reply';
import { createApiApp } from './api-app';
import { createGateway } from './gateway/gateway';
import { createHttpServer, LIMITS } from './http-server';

const LIMIT = 65_536;
const input = z.strictObject({ name: z.string() });
/** What became of each run of the handler, in order. */
const ended: (number | 'refused')[] = [];
let told = Promise.withResolvers<void>();

const take = endpoint(async (request) => {
  try {
    const { name } = await readInput(request, input);
    ended.push(name.length);
    return ok({ length: name.length });
  } catch (error) {
    ended.push('refused');
    throw error;
  } finally {
    told.resolve();
  }
});

let server: Server;
beforeAll(async () => {
  const holder = globalThis as typeof globalThis & { __pandastackConfig?: Config };
  holder.__pandastackConfig = loadConfig({ PANDASTACK_AUTH_MODE: 'stub', PANDASTACK_LOG_LEVEL: 'silent' });
  const api = createApiApp('https://dashboard.example.com', [
    { pattern: '/v1/things', handlers: { POST: take, GET: take, DELETE: take } },
  ]);
  const hasty = { ...LIMITS, headersTimeout: 200, requestTimeout: 400, connectionsCheckingInterval: 50 };
  server = createHttpServer(
    { api, pages: async (_request, response) => void response.end(), gateway: createGateway('https://dashboard.example.com') },
    hasty,
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Talk {
  socket: Socket;
  /** Everything the server said until the connection ended. */
  everything: Promise<string>;
}

function open(...head: string[]): Talk {
  told = Promise.withResolvers<void>();
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const everything = new Promise<string>((resolve) => {
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
  socket.write([...head, 'Host: localhost', '', ''].join('\r\n'));
  return { socket, everything };
}

const JSON_TYPE = 'Content-Type: application/json';

describe('N01 a body of more than 64 KiB', () => {
  it('is refused by its declared length before a byte of it arrives', async () => {
    const { everything } = open('POST /v1/things HTTP/1.1', JSON_TYPE, `Content-Length: ${LIMIT + 1}`);
    const answer = await everything;
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(answer).toContain('"code":"payload_too_large"');
  });

  it('is cut while it arrives in chunks without an end', async () => {
    const connected = new Promise<Socket>((resolve) => server.once('connection', resolve));
    const { socket, everything } = open('POST /v1/things HTTP/1.1', JSON_TYPE, 'Transfer-Encoding: chunked');
    const theirs = await connected;
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    let sent = 0;
    const pour = () => {
      while (!socket.destroyed && socket.writable && sent < 50_000_000) {
        sent += chunk.length;
        if (!socket.write(chunk)) return void socket.once('drain', pour);
      }
    };
    pour();
    const answer = await everything;
    expect(answer).toMatch(/^HTTP\/1.1 413 /);
    expect(theirs.bytesRead).toBeLessThan(2_000_000);
  });

  it('is refused at the first byte too many, and taken up to the last', async () => {
    const body = (length: number) => JSON.stringify({ name: 'x'.repeat(length - '{"name":""}'.length) });
    for (const [length, status] of [
      [LIMIT, 200],
      [LIMIT + 1, 413],
    ] as const) {
      expect((await post(body(length))).status).toBe(status);
      const chunked = new Blob([body(length)]).stream();
      expect((await post(chunked)).status).toBe(status);
    }
  });

  it('that calls itself shorter than it is ends where it said, and the rest is no request', async () => {
    const before = ended.length;
    const { socket, everything } = open('POST /v1/things HTTP/1.1', JSON_TYPE, 'Content-Length: 12');
    socket.write(`{"name":"ab"}${'x'.repeat(LIMIT)}\r\n\r\n`);
    const answers = new Set((await everything).match(/HTTP\/1.1 \d+/g));
    expect([...answers]).toEqual(['HTTP/1.1 400']);
    expect(ended.slice(before)).not.toContain(2);
    expect(ended.length - before).toBeLessThanOrEqual(1);
  });

  it.each([
    ['two lengths', 'Content-Length: 2', 'Content-Length: 200000'],
    ['a length and chunks', 'Content-Length: 2', 'Transfer-Encoding: chunked'],
    ['a negative length', 'Content-Length: -1'],
    ['a length that is no number', 'Content-Length: 1e9'],
    ['a length with a sign', 'Content-Length: +2'],
    ['chunks in another coding', 'Transfer-Encoding: chunked, gzip'],
  ])('that lies by %s reaches no handler', async (_title, ...lies) => {
    const before = ended.length;
    const { socket, everything } = open('POST /v1/things HTTP/1.1', JSON_TYPE, ...lies);
    socket.write('{}');
    expect(await everything).toMatch(/^HTTP\/1.1 400 /);
    expect(ended).toHaveLength(before);
  });
});

describe('N02 a sender who is too slow', () => {
  it('with the headers is told so and closed', async () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const everything = drip(socket, 'POST /v1/things HTTP/1.1\r\nHost: localhost\r\nX-Slow: '.concat('x'.repeat(10_000)));
    expect(await everything).toMatch(/^HTTP\/1.1 408 [\s\S]*Connection: close/);
  });

  it('with the body is told so and closed, and its handler is free', async () => {
    const { socket, everything } = open('POST /v1/things HTTP/1.1', JSON_TYPE, 'Content-Length: 10000');
    const dripped = drip(socket, '"'.concat('x'.repeat(10_000)));
    expect(await everything).toMatch(/^HTTP\/1.1 408 [\s\S]*Connection: close/);
    await dripped;
    await told.promise;
    expect(ended.at(-1)).toBe('refused');
  });

  it('keeps nobody else waiting', async () => {
    const slow = Array.from({ length: 50 }, () => open('POST /v1/things HTTP/1.1', JSON_TYPE, 'Content-Length: 10000'));
    expect((await post('{"name":"quick"}')).status).toBe(200);
    for (const { everything } of slow) expect(await everything).toMatch(/^HTTP\/1.1 408 /);
  });

  it('has the time that a slow but honest connection needs', () => {
    expect(LIMITS).toMatchObject({ headersTimeout: 15_000, requestTimeout: 60_000 });
  });
});

describe('N05 a body that is not called JSON in UTF-8', () => {
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'text/xml',
    'application/json; charset=utf-16',
    'application/json; charset=utf-7',
    'application/json; charset=iso-8859-1',
    'application/json, text/plain',
    'application/jsonp',
    'application/ld+json',
    'text/json',
    '',
  ])('but %j is refused', async (type) => {
    const { status, body } = await post('{"name":"a"}', type);
    expect([status, body.code]).toEqual([415, 'unsupported_media_type']);
  });

  it('but nothing at all is refused', async () => {
    const { socket, everything } = open('POST /v1/things HTTP/1.1', 'Connection: close', 'Content-Length: 12');
    socket.write('{"name":"a"}');
    expect(await everything).toMatch(/^HTTP\/1.1 415 /);
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'is taken as %s',
    async (type) => {
      expect((await post('{"name":"a"}', type)).status).toBe(200);
    },
  );

  it.each<[string, BodyInit]>([
    ['UTF-16', Buffer.from('{"name":"a"}', 'utf16le')],
    ['Latin-1', Buffer.from('{"name":"\xe9"}', 'latin1')],
    ['an overlong encoding', Buffer.from([0x7b, 0xc0, 0xaf, 0x7d])],
    ['half a JSON', '{"name":'],
    ['two values', '{"name":"a"}{"name":"b"}'],
    ['NaN', '{"name":NaN}'],
    ['a comment', '{/*x*/"name":"a"}'],
  ])('but in truth is %s is refused', async (_title, data) => {
    const { status, body } = await post(data);
    expect([status, body.code]).toEqual([400, 'invalid_json']);
  });

  it.each(['[]', '"a"', 'null', '1', '[{"name":"a"}]'])('is an object, not %s', async (data) => {
    const { status, body } = await post(data);
    expect([status, body.code]).toEqual([400, 'validation_failed']);
  });

  it('and nests ten thousand deep is refused without harm', async () => {
    const { status } = await post(`{"name":${'['.repeat(10_000)}${']'.repeat(10_000)}}`);
    expect(status).toBe(400);
  });
});

async function post(body: BodyInit, type = 'application/json') {
  const { port } = server.address() as AddressInfo;
  const init = { method: 'POST', headers: { 'content-type': type, connection: 'close' }, body, duplex: 'half' };
  const response = await fetch(`http://127.0.0.1:${port}/v1/things`, init);
  return { status: response.status, body: await response.json() };
}

/** A byte now and then, until the connection ends. */
function drip(socket: Socket, text: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    let at = 0;
    const timer = setInterval(() => socket.writable && socket.write(text[at++] ?? 'x'), 20);
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(timer);
      resolve(answer);
    });
  });
}
