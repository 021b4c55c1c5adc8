import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { noteForwarding } from '@/lib/auth/forwarding';
import { REMOTE_ADDRESS_HEADER } from '@/lib/auth/request-origin';
import { config } from '@/lib/config';

const FOREIGN_IDENTITY = new Set(['x-fcs-workspace', 'x-stub-user']);
const holder = globalThis as typeof globalThis & { __pandastackInboundHeaders?: true };

/**
 * From now on every HTTP request that reaches this process, by whichever server and router, loses the identity headers
 * its sender put there and carries the address of its peer instead.
 */
export function guardInboundHeaders(): void {
  if (holder.__pandastackInboundHeaders) return;
  holder.__pandastackInboundHeaders = true;
  subscribe('http.server.request.start', (message) => rewriteInboundHeaders((message as { request: IncomingMessage }).request));
}

/** The same for a request that Node hands out by another event ("upgrade"). */
export function rewriteInboundHeaders(request: IncomingMessage): void {
  // Node derives `headers` from `rawHeaders` on first use only, and the two routers read one each: both are rewritten.
  const { headers, rawHeaders } = request;
  for (let i = rawHeaders.length - 2; i >= 0; i -= 2) {
    const name = rawHeaders[i]?.toLowerCase();
    if (name === undefined || !isForeignIdentity(name)) continue;
    rawHeaders.splice(i, 2);
    delete headers[name];
  }
  const address = request.socket.remoteAddress ?? '';
  rawHeaders.push(REMOTE_ADDRESS_HEADER, address);
  headers[REMOTE_ADDRESS_HEADER] = address;
  // Several of them are one by now; Node joins them.
  const forwarded = headers['x-forwarded-for'];
  if (typeof forwarded === 'string') noteForwarding(address, forwarded, config().trustedProxies);
}

function isForeignIdentity(name: string): boolean {
  if (name.charCodeAt(0) !== 120) return false; // 'x'
  return (name.startsWith('x-pandastack-') && name !== 'x-pandastack-org') || FOREIGN_IDENTITY.has(name);
}
