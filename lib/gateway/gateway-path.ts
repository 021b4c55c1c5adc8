import { DomainError } from '@/lib/errors';

/** What a call is about, and the agent's own address for it. */
export interface GatewayTarget {
  about:
    | 'sandboxes'
    | 'sandbox'
    | 'templates'
    | 'template'
    | 'builds'
    | 'build'
    | 'volumes'
    | 'volume'
    | 'snapshots'
    | 'snapshot'
    | 'any';
  /** The id or name in the path; '' where the call is about all of them. */
  name: string;
  /** Below a sandbox, such as exec/stream; '' for itself. */
  action: string;
  /** As the request log and metrics name it: a pattern, never an id. */
  route: string;
  /** What the agent is asked for: the path without /v1, as it came, with its query. */
  path: string;
}

const PREFIX = /^\/v1\/(?:sandboxes|snapshots|templates|volumes|repl|lsp|stats)(?:[/?]|$)/;
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

/** Whether something of an agent may be called so. */
export function isAgentName(text: string): boolean {
  return NAME.test(text);
}

const OURS = new Set(['tickets']);

/** Below a sandbox; a path that matches none of these passes as well and is logged as the last. */
const ACTIONS = [
  'exec',
  'exec/stream',
  'exec/pty',
  'exec/ws',
  'logs',
  'events',
  'fs',
  'fs/dir',
  'fs/stat',
  'lifecycle',
  'pause',
  'resume',
  'start',
  'stop',
  'hibernate',
  'wake',
  'snapshots',
  'fork',
  'fork-tree',
  'promote',
  'ports',
  'ports/{port}',
  'proxy/{port}',
  'repl',
  'repl/sessions',
  'repl/sessions/{session}',
  'repl/sessions/{session}/run',
  'metrics',
  'ssh',
  'lsp/{lang}',
  'mcp',
].map((pattern) => ({ pattern, matches: new RegExp(`^${pattern.replace(/\{\w+\}/g, '[^/]+')}$`) }));

/** No escape, no dot at the front of a segment, no empty one: what nearly every path is, and what means one thing. */
const PLAIN = /^[\w-][\w.~-]*(?:\/[\w-][\w.~-]*)*$/;
const BUILDS = /^templates\/builds(?:\/([^/]+)(\/logs)?)?$/;
const FIXED = new Set(['templates/build', 'repl/languages', 'lsp/languages', 'stats/boot']);
const COLLECTIONS = { sandboxes: 'sandbox', templates: 'template', volumes: 'volume', snapshots: 'snapshot' } as const;

/**
 * What a request target of /v1 asks the agents for; undefined for a path that is not theirs. The raw target is read, before anything
 * resolves it: agents decode once more, so a path that could mean two things is refused. Throws validation_failed.
 */
export function parseGatewayTarget(target: string): GatewayTarget | undefined {
  if (!PREFIX.test(target)) return undefined;
  const cut = target.indexOf('?');
  const path = (cut === -1 ? target : target.slice(0, cut)).slice('/v1/'.length);
  const found = resolveTarget(path);
  if (!found) return undefined;
  if (!PLAIN.test(path)) refuseAmbiguous(path, /^sandboxes\/[^/]+\/proxy\//.test(path));
  if (found.name !== '' && !isAgentName(found.name)) throw unusable('a name in it is none that agents give');
  return { ...found, path: `/${path}${cut === -1 ? '' : target.slice(cut)}` };
}

function resolveTarget(path: string): Omit<GatewayTarget, 'path'> | undefined {
  const none = { name: '', action: '' };
  if (FIXED.has(path)) return { about: 'any', ...none, route: `/v1/${path}` };
  const build = path.startsWith('templates') && BUILDS.exec(path);
  if (build) {
    const [, id, logs = ''] = build;
    if (id === undefined) return { about: 'builds', ...none, route: '/v1/templates/builds' };
    return { about: 'build', name: id, action: '', route: `/v1/templates/builds/{build}${logs}` };
  }
  const [collection = '', name, ...rest] = path.split('/');
  if (!isCollection(collection)) return undefined;
  if (name === undefined) return { about: collection, ...none, route: `/v1/${collection}` };
  const one = COLLECTIONS[collection];
  if (one !== 'sandbox') {
    return rest.length > 0 ? undefined : { about: one, name, action: '', route: `/v1/${collection}/{${one}}` };
  }
  const action = rest.join('/');
  if (OURS.has(action)) return undefined;
  return { about: 'sandbox', name, action, route: rest.length === 0 ? '/v1/sandboxes/{sandbox}' : nameAction(action) };
}

/** Whether it is a program in a sandbox that answers, and not the agent. */
export function isProgram({ about, action }: Pick<GatewayTarget, 'about' | 'action'>): boolean {
  return about === 'sandbox' && /^proxy\/[^/]+(?:\/|$)/.test(action);
}

function isCollection(text: string): text is keyof typeof COLLECTIONS {
  return Object.hasOwn(COLLECTIONS, text);
}

function nameAction(action: string): string {
  if (/^proxy\/[^/]+\//.test(action)) return '/v1/sandboxes/{sandbox}/proxy/{port}/{rest}';
  const known = ACTIONS.find(({ matches }) => matches.test(action));
  return `/v1/sandboxes/{sandbox}/${known?.pattern ?? '{rest}'}`;
}

/** What a program in a sandbox is asked for may hold an encoded slash; nothing may hold what leads out of its place. */
function refuseAmbiguous(path: string, inProxy: boolean): void {
  if (/[^\x21-\x7e]|[\\#]|%(?![0-9a-f]{2})|%(?:[01][0-9a-f]|5c|7f)/i.test(path)) {
    throw unusable('it holds a backslash, a control character or a malformed percent-escape');
  }
  if (!inProxy && /%2f/i.test(path)) throw unusable('it holds an encoded slash');
  if (/%25(?:2e|2f|5c)/i.test(path)) throw unusable('it is encoded twice');
  const segments = path.replace(/%2f/gi, '/').replace(/%2e/gi, '.').split('/');
  if (segments.some((segment) => segment === '.' || segment === '..')) throw unusable('it holds a dot segment');
  if (segments.slice(0, -1).includes('')) throw unusable('it holds an empty segment');
  if (segments.at(-1) === '' && !inProxy) throw unusable('it ends with a slash');
}

function unusable(why: string): DomainError {
  return new DomainError('validation_failed', `This path cannot be passed on: ${why}`, {
    hint: 'Send the path as the documentation writes it, and what belongs to a file or a program as a parameter.',
  });
}
