import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compressStatic } from '@/dev/build/compress-static';
import { openStaticFiles } from './static-files';

const SCRIPT = 'export const bamboo = "eaten";\n'.repeat(200);
const FONT = Buffer.alloc(2_000, 7);
const IMMUTABLE = 'public, max-age=31536000, immutable';

const above = mkdtempSync(join(tmpdir(), 'static-files-'));
let server: Server;

beforeAll(async () => {
  const folder = join(above, 'static');
  mkdirSync(join(folder, 'chunks'), { recursive: true });
  writeFileSync(join(above, 'secret.js'), 'not for anybody');
  writeFileSync(join(folder, 'chunks', 'a.js'), SCRIPT);
  writeFileSync(join(folder, 'chunks', 'font.woff2'), FONT);
  await compressStatic(folder);
  const listener = openStaticFiles(folder);
  server = createServer((incoming, answer) => void listener(incoming, answer));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(above, { recursive: true });
});

interface Answer extends Pick<IncomingMessage, 'headers'> {
  status: number | undefined;
  body: Buffer;
}

/** As it is on the wire: fetch would decode it. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port } = server.address() as AddressInfo;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request({ port, path: `/_next/static/${path}`, method, headers }, resolve)
      .on('error', reject)
      .end();
  });
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
}

describe('a script', () => {
  it.each([
    ['br', 'gzip, deflate, br, zstd', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
  ])('comes as %s to whoever takes that, and can be told apart by a cache', async (coding, accepted, decode) => {
    const { status, headers, body } = await ask('chunks/a.js', { 'accept-encoding': accepted });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-encoding': coding, vary: 'Accept-Encoding', 'cache-control': IMMUTABLE });
    expect(headers['content-type']).toMatch(/^text\/javascript/);
    expect(headers['content-length']).toBe(String(body.length));
    expect(body.length).toBeLessThan(SCRIPT.length / 10);
    expect(decode(body).toString()).toBe(SCRIPT);
  });

  it.each(['', 'identity', 'br;q=0, gzip;q=0', 'deflate'])(
    'comes as it is to whoever accepts "%s", with the same vary',
    async (accepted) => {
      const { headers, body } = await ask('chunks/a.js', { 'accept-encoding': accepted });
      expect(headers['content-encoding']).toBeUndefined();
      expect(headers).toMatchObject({ vary: 'Accept-Encoding', 'cache-control': IMMUTABLE, 'x-content-type-options': 'nosniff' });
      expect(body.toString()).toBe(SCRIPT);
    },
  );

  it.each(['br', 'gzip', 'identity'])('has the same headers for HEAD as for GET, and no body (%s)', async (accepted) => {
    const encoding = { 'accept-encoding': accepted };
    const [{ date: _, ...wanted }, head] = [
      (await ask('chunks/a.js', encoding)).headers,
      await ask('chunks/a.js', encoding, 'HEAD'),
    ];
    const { date: __, ...told } = head.headers;
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(told).toMatchObject({ ...wanted, connection: expect.any(String) });
  });

  it('comes in parts of the very bytes that it comes in whole', async () => {
    const encoding = { 'accept-encoding': 'br' };
    const whole = (await ask('chunks/a.js', encoding)).body;
    const first = await ask('chunks/a.js', { ...encoding, range: 'bytes=0-9' });
    const rest = await ask('chunks/a.js', { ...encoding, range: 'bytes=10-' });
    expect([first.status, rest.status]).toEqual([206, 206]);
    expect(first.headers).toMatchObject({ 'content-range': `bytes 0-9/${whole.length}`, 'content-encoding': 'br' });
    expect(Buffer.concat([first.body, rest.body])).toEqual(whole);
  });
});

it('a part that no file has is refused, and no cache keeps the refusal', async () => {
  const { status, headers, body } = await ask('chunks/a.js', { range: 'bytes=900000-' });
  expect([status, body.length]).toEqual([416, 0]);
  expect(headers['content-range']).toBe(`bytes */${SCRIPT.length}`);
  expect(headers['cache-control']).toBe('no-store');
});

it('a font is compressed already and comes as it is', async () => {
  const { headers, body } = await ask('chunks/font.woff2', { 'accept-encoding': 'br, gzip' });
  expect(headers).toMatchObject({ 'content-type': 'font/woff2', 'cache-control': IMMUTABLE });
  expect(headers['content-encoding']).toBeUndefined();
  expect(body).toEqual(FONT);
});

it.each(['chunks/none.js', 'chunks', '', 'chunks/a.js.map', '..%2fsecret.js', '%2e%2e/secret.js', '%00', '%ff'])(
  'there is nothing at "%s", and no cache keeps that',
  async (path) => {
    const { status, headers, body } = await ask(path, { 'accept-encoding': 'br' });
    expect([status, body.toString()]).toEqual([404, 'Not Found']);
    expect(headers['cache-control']).toBe('no-store');
  },
);

it('nothing above the folder is read, however its path is written', async () => {
  const { port } = server.address() as AddressInfo;
  for (const path of ['../secret.js', '..\\secret.js', 'chunks/../../secret.js', '/secret.js', './/../secret.js']) {
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(port, '127.0.0.1').on('close', () => resolve(text));
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.write(`GET /_next/static/${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(answer).not.toContain('not for anybody');
  }
});

it.each(['POST', 'PUT', 'DELETE'])('%s finds nothing', async (method) => {
  expect((await ask('chunks/a.js', {}, method)).status).toBe(404);
});
