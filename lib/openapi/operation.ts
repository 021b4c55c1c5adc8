import type { z } from 'zod';
import type { Permission } from '@/lib/access/permissions';
import type { ErrorCode } from '@/lib/errors';

/**
 * Who may call: `anyone` without a credential, any `credential`, a `person` (never an API token), or whoever holds a permission in
 * the org of the path or, where the path names none, the current one.
 */
export type Who = 'anyone' | 'credential' | 'person' | Permission;

/** One method of one path of /v1: the row that the OpenAPI document, docs/permissions.md and the tests of every route are made of. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As OpenAPI writes it: /v1/orgs/{org}. */
  path: `/v1/${string}`;
  /** What generated clients call it. */
  id: string;
  tag: Tag;
  summary: string;
  description?: string;
  who: Who;
  /** Of a `person`: the auth server is asked for the account; `assured` also wants the second factor the account has. */
  fresh?: 'confirmed' | 'assured';
  /** Permissions that only a part of it needs. */
  also?: { permission: Permission; when: string }[];
  /** The very schema the route parses its body with. */
  input?: z.ZodType;
  /** The very schema the route parses its query with. */
  query?: z.ZodObject;
  example?: Record<string, unknown>;
  /** The success; its body is null for 204. */
  status: 200 | 201 | 204;
  answer: z.ZodType | null;
  /** Its own refusals; those of its credential, org, and input are derived (operation-errors.ts). */
  errors: ErrorCode[];
}

/** Chapters of the reference, in their order. */
export const TAGS = {
  Me: 'Who is calling, and what waits for them.',
  Organizations: 'A path takes the id of an organization or its slug.',
  Members: 'Who belongs to an organization.',
  Invites: 'How people come in. The secret of a link is shown once.',
  'API tokens': 'Credentials for programs. The secret is shown once.',
  Sandboxes:
    'Answered by the machines that run them. `X-Pandastack-Agents-Unreachable` beside a list says how many of them did not answer. WebSockets open at `exec/pty`, `exec/ws`, `ssh` and `lsp/{lang}` below a sandbox.',
  Metrics: 'What the organization asked and ran, over time.',
  'Audit log': 'Who changed what.',
  Server: 'For the owners of the organization that operates this server.',
  'This document': 'The contract itself.',
} as const satisfies Record<string, string>;
type Tag = keyof typeof TAGS;

/** Its name in tables and tests: `POST /v1/orgs`. */
export function nameOf({ method, path }: Pick<Operation, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

/** The permission it needs, if that is what it needs. */
export function permissionOf({ who }: Operation): Permission | undefined {
  return who === 'anyone' || who === 'credential' || who === 'person' ? undefined : who;
}

/** Where it finds the org it speaks of: in its path, by X-Pandastack-Org or the current one, as the one that operates the server, or nowhere. */
export function orgOf(operation: Operation): 'path' | 'current' | 'server' | null {
  if (!permissionOf(operation)) return null;
  if (operation.path.startsWith('/v1/admin/')) return 'server';
  return operation.path.startsWith('/v1/orgs/{org}') ? 'path' : 'current';
}

/** The names of its path parameters. */
export function parametersOf({ path }: Pick<Operation, 'path'>): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
}

/** Whether a second try may name the first (lib/http/answer-once.ts): every change by somebody we know. */
export function takesIdempotencyKey({ method, who }: Operation): boolean {
  return method !== 'GET' && who !== 'anyone';
}
