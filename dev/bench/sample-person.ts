import type { AuthServerReady } from '../start/auth-server-child';

export interface SamplePerson {
  accessToken: string;
  apiToken: string;
}

/** A person with an org and an API token, made through the front doors of both servers. */
export async function createSamplePerson(auth: AuthServerReady, app: string): Promise<SamplePerson> {
  const account = { email: 'bench@example.com', password: 'a benchmark needs a person' };
  const admin = { apikey: auth.serviceRoleKey, authorization: `Bearer ${auth.serviceRoleKey}` };
  await post(`${auth.url}/auth/v1/admin/users`, { ...account, email_confirm: true }, admin);
  const session = await post(`${auth.url}/auth/v1/token?grant_type=password`, account, { apikey: auth.anonKey });
  const accessToken = String(session.access_token);
  const bearer = { authorization: `Bearer ${accessToken}` };
  await post(`${app}/v1/orgs`, { name: 'Benchmark' }, bearer);
  const { token } = await post(`${app}/v1/me/tokens`, { label: 'bench' }, bearer);
  return { accessToken, apiToken: String(token) };
}

async function post(url: string, body: unknown, headers: Record<string, string>): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${new URL(url).pathname} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
