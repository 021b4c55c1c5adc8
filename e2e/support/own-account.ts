import { createHmac, randomUUID } from 'node:crypto';
import { sessionCookieName } from '@/lib/supabase/session-cookie-name';
import type { OwnProduct } from './own-product';
import { cookieHeader, type Session } from './session-cookies';

export interface OwnAccount {
  email: string;
  password: string;
  session: Session;
  /** What the account's browser would send; a session of one's own making takes its place. */
  cookie(session?: Partial<Session>): string;
  api(method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, string> }>;
}

/** A confirmed account at a product's own auth server, signed in by password. */
export async function newAccount(
  { url, auth }: OwnProduct,
  email = `${randomUUID().slice(0, 8)}@example.com`,
): Promise<OwnAccount> {
  const password = `correct horse ${randomUUID()}`;
  await ask(`${auth.url}/auth/v1/admin/users`, auth.serviceRoleKey, { email, password, email_confirm: true });
  const session: Session = await ask(`${auth.url}/auth/v1/token?grant_type=password`, auth.anonKey, { email, password });
  const name = sessionCookieName({ supabasePublicUrl: auth.url, dashboardUrl: url });
  return {
    email,
    password,
    session,
    cookie: (other) => cookieHeader(name, { ...session, ...other }),
    api: async (method, path, body) => {
      const headers = { authorization: `Bearer ${session.access_token}`, 'content-type': 'application/json' };
      const response = await fetch(`${url}/v1${path}`, { method, headers, body: body && JSON.stringify(body) } as RequestInit);
      return { status: response.status, body: response.status === 204 ? {} : await response.json() };
    },
  };
}

async function ask(url: string, key: string, body: object) {
  const headers = { apikey: key, authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** An access token like the account's own, but for these claims and this secret. */
export function tokenLike({ session }: OwnAccount, claims: object, secret: string): string {
  const [header = '', payload = ''] = session.access_token.split('.');
  const changed = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), ...claims };
  const signed = `${header}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
