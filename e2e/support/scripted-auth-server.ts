import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stringToBase64URL } from '@supabase/ssr';
import { signHs256 } from './test-project';

export interface ScriptedCall {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
}

interface ScriptedAnswer {
  status: number;
  body?: unknown;
  /** Instead of JSON: what a proxy in between says. */
  html?: string;
  headers?: Record<string, string>;
}

export interface ScriptedAuthServer {
  url: string;
  calls: ScriptedCall[];
  /** What it says from now on; by default every call ends in a new session. */
  answer: (script: (call: ScriptedCall) => ScriptedAnswer | Promise<ScriptedAnswer>) => void;
  close: () => Promise<void>;
}

/** An auth server that says what the test wants and remembers who asked. */
export async function startScriptedAuthServer(): Promise<ScriptedAuthServer> {
  const calls: ScriptedCall[] = [];
  let script: (call: ScriptedCall) => ScriptedAnswer | Promise<ScriptedAnswer> = () => ({ status: 200, body: newSession() });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const call = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: text ? JSON.parse(text) : {},
    };
    calls.push(call);
    const { status, body, html, headers } = await script(call);
    response
      .writeHead(status, { 'content-type': html ? 'text/html' : 'application/json', ...headers })
      .end(html ?? JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answer: (next) => {
      script = next;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The auth server's answer to a sign-in or a refresh. */
export function newSession(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  const user = { id: crypto.randomUUID(), aud: 'authenticated', email: 'ada@example.com' };
  return {
    access_token: signHs256({ sub: user.id, exp: now + 3600 }),
    token_type: 'bearer',
    expires_in: 3600,
    expires_at: now + 3600,
    refresh_token: crypto.randomUUID(),
    user,
    ...overrides,
  };
}

/** A session as @supabase/ssr keeps it in one cookie. */
export function sessionCookie(name: string, session: unknown): { name: string; value: string } {
  return { name, value: `base64-${stringToBase64URL(JSON.stringify(session))}` };
}
