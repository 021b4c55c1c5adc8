import { randomUUID } from 'node:crypto';
import type { AuthServerReady } from '../../../dev/start/auth-server-child';

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
type Answer = { status: number; body: any };
type Call = (method: string, path: string, body?: object) => Promise<Answer>;

/** Calls a server with a credential, or with none. */
export function callAs(url: string, token: string | null): Call {
  return async (method, path, body) => {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (token !== null) Object.assign(headers, { authorization: `Bearer ${token}`, apikey: token });
    const response = await fetch(url + path, {
      method,
      headers,
      redirect: 'manual',
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text };
  };
}

interface Mail {
  subject: string;
  text: string;
  links: string[];
}

/** What arrived for an address, newest first; waits for the first. */
export async function mailsTo(auth: AuthServerReady, email: string, subject: RegExp): Promise<Mail> {
  for (;;) {
    const { body } = await callAs(auth.url, null)('GET', `/inbox.json?to=${encodeURIComponent(email)}`);
    const mail = (body as Mail[]).find((one) => subject.test(one.subject));
    if (mail) return mail;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Signs up, presses the link in the mail, signs in: the access token. */
export async function signUp(auth: AuthServerReady, email = `${randomUUID().slice(0, 8)}@example.com`) {
  const project = callAs(auth.url, auth.anonKey);
  const password = `correct horse ${randomUUID()}`;
  const made = await project('POST', '/auth/v1/signup', { email, password });
  if (made.status !== 200) throw new Error(`sign-up: ${made.status} ${JSON.stringify(made.body)}`);
  const { links } = await mailsTo(auth, email, /confirm/i);
  await fetch(links[0] ?? '', { redirect: 'manual' });
  const { body } = await project('POST', '/auth/v1/token?grant_type=password', { email, password });
  return { email, token: String(body.access_token) };
}
