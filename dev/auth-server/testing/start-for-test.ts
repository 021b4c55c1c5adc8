import type { AuthServerOptions } from '../options';
import { type AuthServer, startAuthServer } from '../start-auth-server';

/** An in-memory server with everything at its default but what the test is about. */
export function startForTest(options: Partial<AuthServerOptions> = {}): Promise<AuthServer> {
  return startAuthServer({
    databasePath: ':memory:',
    siteUrl: 'http://localhost:3000',
    redirectUrls: [],
    algorithm: 'HS256',
    ...options,
  });
}

export interface ApiAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the tests assert on the wire, whatever it holds
  json: any;
}

/** A request with the service-role key, which passes every gate. */
export async function callApi(server: AuthServer, request: string, body?: unknown): Promise<ApiAnswer> {
  const [method = 'GET', path = '/'] = request.split(' ');
  const response = await fetch(`${server.url}/auth/v1${path}`, {
    method,
    redirect: 'manual',
    headers: { apikey: server.anonKey, authorization: `Bearer ${server.serviceRoleKey}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text.startsWith('{') ? JSON.parse(text) : text };
}

export const PERSON = { email: 'person@example.com', password: 'correct horse battery' };

export async function createPerson(server: AuthServer): Promise<ApiAnswer> {
  return callApi(server, 'POST /admin/users', { ...PERSON, email_confirm: true });
}

export async function signIn(server: AuthServer): Promise<ApiAnswer> {
  return callApi(server, 'POST /token?grant_type=password', PERSON);
}
