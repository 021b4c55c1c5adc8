import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Agent, Sandbox } from '../agent';

/** One request, with what every handler wants to know of it. */
export interface Call {
  agent: Agent;
  request: IncomingMessage;
  response: ServerResponse;
  /** As it was sent, undecoded and without its query. */
  path: string;
  query: URLSearchParams;
  params: Record<string, string>;
  /** X-Fcs-Workspace. */
  workspace: string;
}

export type Handler = (call: Call) => Promise<void> | void;
export type Route = readonly [method: string, pattern: string, handler: Handler];

/** What takes the connection over when the caller asks for a WebSocket. */
type SocketHandler = (call: Call, socket: Duplex, head: Buffer) => void | Promise<void>;
export type SocketRoute = readonly [pattern: string, handler: SocketHandler];

/** Answered as `{ "error": message }`. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly more: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

/** Under these the caller is the operator of the machine and sees everything. */
export const seesEverything = (workspace: string) => ['', 'admin', 'default'].includes(workspace);

/** The sandbox of the path, which must run (or lie paused) on this very agent. */
export function sandboxOf({ agent, params }: Pick<Call, 'agent' | 'params'>): Sandbox {
  const sandbox = agent.sandboxes.get(params.id ?? '');
  if (sandbox && sandbox.status !== 'hibernated') return sandbox;
  throw new Refusal(404, 'sandbox not found or not running');
}

const MAX_JSON_BYTES = 1_048_576;

export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxBytes) throw new Refusal(400, 'http: request body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

type Json = Record<string, unknown>;

/** The JSON object of the body. Throws 400 when it is none. */
export async function readJson({ request }: Call): Promise<Json> {
  const text = (await readBody(request, MAX_JSON_BYTES)).toString();
  try {
    const value: unknown = JSON.parse(text);
    if (value && typeof value === 'object' && !Array.isArray(value)) return value as Json;
  } catch (error) {
    throw new Refusal(400, error instanceof Error ? error.message : 'invalid JSON');
  }
  throw new Refusal(400, 'a JSON object is expected');
}

/** Where the body may as well be left out. */
export async function readOptionalJson(call: Call): Promise<Json> {
  return readJson(call).catch(() => ({}));
}

export function answer({ response }: Pick<Call, 'response'>, status: number, body?: unknown): void {
  if (body === undefined) response.writeHead(status).end();
  else response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
}

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const number = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
