import { BlockList, isIP } from 'node:net';
import { logger } from '@/lib/log';

/** How PANDASTACK_TRUSTED_PROXIES does not fit the requests that came: the first that told so. */
export interface Misfit {
  /** unbelieved: a proxy beside us names its clients, and none is believed. short: a request named fewer hops than are believed. */
  kind: 'unbelieved' | 'short';
  hops: number;
}

const PRIVATE = new BlockList();
for (const [net, prefix] of [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['127.0.0.0', 8],
] as const)
  PRIVATE.addSubnet(net, prefix);
for (const [net, prefix] of [
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  PRIVATE.addSubnet(net, prefix, 'ipv6');
PRIVATE.addAddress('::1', 'ipv6');

const holder = globalThis as typeof globalThis & { __pandastackForwarding?: Misfit | undefined };

/** What this process has seen since it started; undefined while everything fits. */
export function forwardingMisfit(): Misfit | undefined {
  return holder.__pandastackForwarding;
}

/** As if no request had come yet. */
export function forgetForwarding(): void {
  holder.__pandastackForwarding = undefined;
}

/**
 * Holds what a request carries in X-Forwarded-For as it arrived (Next adds the header to its own copy) against the configuration, and
 * warns once in the life of this process. Requests without the header (probes of an orchestrator) say nothing, and strangers who write
 * it themselves come from public addresses.
 */
export function noteForwarding(peer: string, forwarded: string | undefined, trustedProxies: number): void {
  if (forwarded === undefined || holder.__pandastackForwarding) return;
  const hops = forwarded.split(',').filter((hop) => hop.trim() !== '').length;
  if (hops === 0 || (trustedProxies === 0 ? !isPrivate(peer) : hops >= trustedProxies)) return;
  const kind = trustedProxies === 0 ? 'unbelieved' : 'short';
  holder.__pandastackForwarding = { kind, hops };
  logger().warn({ event: 'trusted_proxies', hops, configured: trustedProxies }, WORDS[kind]);
}

const WORDS: Record<Misfit['kind'], string> = {
  unbelieved:
    'a proxy names its clients in X-Forwarded-For and PANDASTACK_TRUSTED_PROXIES is 0: all of them are one client to the limits and the audit log',
  short:
    'a request named fewer hops in X-Forwarded-For than PANDASTACK_TRUSTED_PROXIES: with too many believed a client can write its own address',
};

function isPrivate(address: string): boolean {
  const plain = address.startsWith('::ffff:') ? address.slice(7) : address;
  const version = isIP(plain);
  return version !== 0 && PRIVATE.check(plain, version === 6 ? 'ipv6' : 'ipv4');
}
