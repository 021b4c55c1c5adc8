import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardInboundHeaders } from './inbound-headers';

const server = createServer((incoming, response) => {
  response.end(JSON.stringify({ headers: incoming.headers, raw: incoming.rawHeaders }));
});

beforeAll(async () => {
  guardInboundHeaders();
  guardInboundHeaders();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(() => new Promise((closed) => server.close(closed)));

function send(headers: Record<string, string | string[]>): Promise<{ headers: Record<string, string>; raw: string[] }> {
  return new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    const outgoing = request({ port, host: '127.0.0.1', headers, agent: false }, async (response) => {
      resolve(JSON.parse(Buffer.concat(await response.toArray()).toString()));
    });
    outgoing.on('error', reject).end();
  });
}

describe('an inbound request', () => {
  it.each([
    'X-Pandastack-User-Id',
    'x-pandastack-org-id',
    'X-PANDASTACK-AUTH-METHOD',
    'X-Pandastack-Remote-Address',
    'X-Fcs-Workspace',
    'X-Stub-User',
  ])('loses %s, wherever it stands and however often', async (name) => {
    const { headers, raw } = await send({ 'x-first': '1', [name]: ['forged', 'forged'], 'x-last': '2' });
    expect(JSON.stringify([headers, raw])).not.toContain('forged');
    expect(headers).toMatchObject({ 'x-first': '1', 'x-last': '2' });
  });

  it('keeps the organization its sender chose', async () => {
    const { headers, raw } = await send({ 'X-Pandastack-Org': 'acme' });
    expect(headers['x-pandastack-org']).toBe('acme');
    expect(raw).toContain('acme');
  });

  it('carries the address of its peer, once', async () => {
    const { headers, raw } = await send({});
    expect(headers['x-pandastack-remote-address']).toBe('127.0.0.1');
    expect(raw.filter((name) => name === 'x-pandastack-remote-address')).toHaveLength(1);
  });
});
