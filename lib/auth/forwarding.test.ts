import { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { beforeEach, expect, test, vi } from 'vitest';
import { setConfig } from '@/e2e/support/test-project';
import { rewriteInboundHeaders } from '@/lib/inbound-headers';
import { logger } from '@/lib/log';
import { forgetForwarding, forwardingMisfit } from './forwarding';

beforeEach(forgetForwarding);

const configured = (proxies: number) =>
  setConfig({
    SUPABASE_URL: 'http://project.test',
    SUPABASE_ANON_KEY: 'sb_publishable_x',
    PANDASTACK_TRUSTED_PROXIES: String(proxies),
  });
/** A request as Node hands it to the product. */
function arrives(peer: string, forwarded?: string): void {
  const request = new IncomingMessage({ remoteAddress: peer } as Socket);
  if (forwarded !== undefined) request.rawHeaders.push('X-Forwarded-For', forwarded);
  if (forwarded !== undefined) request.headers['x-forwarded-for'] = forwarded;
  rewriteInboundHeaders(request);
}

test.each([
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.1.1',
  '::1',
  'fd00::1',
  'fe80::1',
  '::ffff:10.0.0.1',
])('B22 X-Forwarded-For from a peer at %s that is not believed is warned of, once in the life of the process', (peer) => {
  configured(0);
  const warn = vi.spyOn(logger(), 'warn').mockReturnValue();
  for (let request = 0; request < 3; request++) arrives(peer, '203.0.113.9');
  expect(forwardingMisfit()).toEqual({ kind: 'unbelieved', hops: 1 });
  expect(warn).toHaveBeenCalledTimes(1);
  expect(JSON.stringify(warn.mock.calls)).not.toContain('203.0.113.9');
  warn.mockRestore();
});

test.each<[string, number, string, string | undefined]>([
  ['a stranger who writes the header', 0, '203.0.113.9', '10.0.0.1'],
  ['a stranger in 172.32', 0, '172.32.0.1', '10.0.0.1'],
  ['a request without it', 0, '10.0.0.1', undefined],
  ['a probe that no proxy passed on', 2, '10.0.0.1', undefined],
  ['as many hops as are believed', 2, '10.0.0.1', '203.0.113.9, 10.0.0.2'],
  ['more hops, the first written by the client', 1, '10.0.0.1', '1.1.1.1, 203.0.113.9'],
  ['an address that is none', 0, '', '203.0.113.9'],
])('B22 %s is nothing to warn of', (_, proxies, peer, forwarded) => {
  configured(proxies);
  arrives(peer, forwarded);
  expect(forwardingMisfit()).toBeUndefined();
});

test('B22 fewer hops than are believed are told: somebody else could write the address then', () => {
  configured(3);
  arrives('10.0.0.1', '203.0.113.9, 10.0.0.2');
  expect(forwardingMisfit()).toEqual({ kind: 'short', hops: 2 });
});
