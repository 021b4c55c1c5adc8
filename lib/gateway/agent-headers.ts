import type { OrgAccess } from '@/lib/access/org-access';
import { config } from '@/lib/config';

/** RFC 9110, section 7.6.1: what is said to the next hop alone. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** Credentials of ours, what is answered here, and what a proxy of ours said of the way to us. */
const NOT_FORWARDED = new Set([
  'authorization',
  'cookie',
  'host',
  'expect',
  'x-request-id',
  'forwarded',
  'via',
  'x-real-ip',
  'traceparent',
  'tracestate',
  'baggage',
]);
const IDENTITY = /^x-(?:node-|fcs-|pandastack-|stub-|forwarded)/;
/** Of an answer: what would plant something in a browser at our address, or speaks for this server. */
const NOT_ANSWERED = new Set([
  'set-cookie',
  'set-cookie2',
  'clear-site-data',
  'strict-transport-security',
  'public-key-pins',
  'service-worker-allowed',
  'alt-svc',
  'nel',
  'report-to',
  'reporting-endpoints',
  'server',
  'x-powered-by',
  'www-authenticate',
  'x-request-id',
  'cache-control',
  'vary',
  'x-content-type-options',
  'referrer-policy',
  'content-security-policy',
]);

/**
 * What an agent is told of a request: the sender's own headers without credentials and without what only we may say, then who the
 * sender is. `raw` alternates names and values, as Node keeps them.
 */
export function headersForAgent(raw: readonly string[], { actor, org }: OrgAccess<'sandboxes:use'>): string[] {
  const named = connectionNames(raw);
  const kept: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const [name = '', value = ''] = [raw[i]?.toLowerCase(), raw[i + 1]];
    if (HOP_BY_HOP.has(name) || NOT_FORWARDED.has(name) || IDENTITY.test(name) || named?.has(name)) continue;
    kept.push(name, value);
  }
  const { nodeToken } = config().gateway;
  if (nodeToken) kept.push('x-node-token', nodeToken);
  kept.push('x-fcs-workspace', org.tenantKey, 'x-pandastack-org-id', org.id);
  kept.push('x-pandastack-user-id', headerSafe(actor.userId), 'x-pandastack-user-email', headerSafe(actor.email));
  kept.push('x-pandastack-auth-method', actor.authMethod, 'x-request-id', actor.origin.requestId);
  return kept;
}

/**
 * The same for what an agent passes on to a program in a sandbox: whatever we say of ourselves and the sender is named in Connection,
 * beside `connection`, so that it ends at the agent. A program must never learn what opens its machine.
 */
export function headersForProgram(raw: readonly string[], access: OrgAccess<'sandboxes:use'>, connection: string): string[] {
  const headers = headersForAgent(raw, access);
  const ours = headers.filter((name, index) => index % 2 === 0 && (IDENTITY.test(name) || name === 'x-request-id'));
  return [...headers, 'connection', [connection, ...ours].join(', ')];
}

/** What the sender is told of an agent's answer. */
export function headersForClient(headers: Record<string, string | string[] | undefined>): Record<string, string | string[]> {
  const named = namesIn(headers.connection);
  const kept: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || HOP_BY_HOP.has(name) || NOT_ANSWERED.has(name) || named?.has(name)) continue;
    if (name.startsWith('access-control-') || IDENTITY.test(name)) continue;
    kept[name] = value;
  }
  return kept;
}

function connectionNames(raw: readonly string[]): Set<string> | undefined {
  let found: Set<string> | undefined;
  for (let i = 0; i + 1 < raw.length; i += 2) {
    if (raw[i]?.length !== 10 || raw[i]?.toLowerCase() !== 'connection') continue;
    for (const name of namesIn(raw[i + 1]) ?? []) found = (found ?? new Set()).add(name);
  }
  return found;
}

/** Undefined for the usual values, which name no header. */
function namesIn(connection: string | string[] | undefined): Set<string> | undefined {
  const value = String(connection ?? '');
  if (value === '' || /^(?:keep-alive|close|upgrade)$/i.test(value)) return undefined;
  return new Set(
    value
      .toLowerCase()
      .split(',')
      .map((name) => name.trim()),
  );
}

/** A provider may put anything into a subject or an address; a header carries printable ASCII. */
function headerSafe(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (character) => encodeURIComponent(character.isWellFormed() ? character : '�'));
}
