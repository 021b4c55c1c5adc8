import { randomUUID } from 'node:crypto';
import { createApiApp } from '@/server/api-app';
import { ordinaryClaims, signHs256, type TestProject } from './test-project';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  body: any;
  headers: Headers;
}
type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

export interface Person {
  userId: string;
  email: string;
  token: string;
  call: Call;
}

/** Calls /v1 as the product serves it, with this credential. */
export function callAs(credential: string | null): Call {
  const app = createApiApp('http://localhost:3000');
  return async (method, path, body, extra = {}) => {
    const headers: Record<string, string> = { ...extra };
    if (credential !== null) headers.authorization = `Bearer ${credential}`;
    if (body !== undefined) headers['content-type'] ??= 'application/json';
    const init = {
      method,
      headers,
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    };
    const response = await app.request(`http://localhost:3000${path}`, init);
    const text = await response.text();
    return {
      status: response.status,
      body: text && response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text,
      headers: response.headers,
    };
  };
}

/** Somebody with a confirmed account at the project, signed in; `account` is what the auth server tells of it besides. */
export function newPerson(
  project: TestProject,
  { email = `${randomUUID()}@example.com`, confirmed = true, claims = {}, account = {} } = {},
): Person {
  const userId = randomUUID();
  const token = signHs256(ordinaryClaims(project.issuer, { sub: userId, email, ...claims }));
  const at = '2026-01-01T00:00:00Z';
  project.accounts.set(token, {
    status: 200,
    body: {
      id: userId,
      aud: 'authenticated',
      role: 'authenticated',
      email,
      email_confirmed_at: confirmed ? at : null,
      app_metadata: {},
      user_metadata: {},
      created_at: at,
      ...account,
    },
  });
  return { userId, email, token, call: callAs(token) };
}

/** A person and the org they have just founded. */
export async function newOwner(project: TestProject): Promise<Person & { org: { id: string; slug: string } }> {
  const person = newPerson(project);
  const { status, body } = await person.call('POST', '/v1/orgs', { name: `Org ${randomUUID().slice(0, 8)}` });
  if (status !== 201) throw new Error(`founding an org failed: ${JSON.stringify(body)}`);
  return { ...person, org: body };
}

/** Lets somebody into an org the way people come in: by an invite they accept. */
export async function join(
  owner: Person & { org: { id: string } },
  person: Person,
  role: 'member' | 'admin' = 'member',
): Promise<void> {
  const invite = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: person.email, role });
  const accepted = await person.call('POST', `/v1/orgs/invites/${invite.body.token}/accept`);
  if (accepted.status !== 200) throw new Error(`joining failed: ${JSON.stringify(accepted.body)}`);
}
