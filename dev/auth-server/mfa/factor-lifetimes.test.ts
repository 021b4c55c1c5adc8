import { Secret, TOTP } from 'otpauth';
import { expect, it } from 'vitest';
import type { AuthServerOptions } from '../options';
import { callApi, createPerson, signIn, startForTest } from '../testing/start-for-test';

/** A person with a half-made authenticator, and a way to call with their token. */
async function withFactor(options: Partial<AuthServerOptions>, test: (person: Person) => Promise<void>): Promise<void> {
  const server = await startForTest(options);
  try {
    await createPerson(server);
    const { json: session } = await signIn(server);
    const call: Call = async (method, path, body = {}) => {
      const headers = { apikey: server.anonKey, authorization: `Bearer ${session.access_token}` };
      const response = await fetch(`${server.url}/auth/v1${path}`, { method, headers, body: JSON.stringify(body) });
      return { status: response.status, json: await response.json() };
    };
    const { json } = await call('POST', '/factors', { factor_type: 'totp' });
    const code = () => TOTP.generate({ secret: Secret.fromBase32(json.totp.secret) });
    const refreshNewSession = async () => {
      const { json: other } = await signIn(server);
      return callApi(server, 'POST /token?grant_type=refresh_token', { refresh_token: other.refresh_token });
    };
    await test({ call, id: json.id, code, refreshNewSession });
  } finally {
    await server.close();
  }
}

type Answer = Awaited<ReturnType<typeof callApi>>;
type Call = (method: string, path: string, body?: object) => Promise<Answer>;
interface Person {
  call: Call;
  id: string;
  code(): string;
  refreshNewSession(): Promise<Answer>;
}

it('an old challenge is mfa_challenge_expired, and is gone afterwards', () =>
  withFactor({ mfaChallengeLifetimeSeconds: 0 }, async ({ call, id, code }) => {
    const { json: challenge } = await call('POST', `/factors/${id}/challenge`);
    const attempt = () => call('POST', `/factors/${id}/verify`, { challenge_id: challenge.id, code: code() });
    await expect.poll(attempt).toMatchObject({ status: 422, json: { error_code: 'mfa_challenge_expired' } });
    expect(await attempt()).toMatchObject({ status: 422, json: { error_code: 'mfa_factor_not_found' } });
  }));

it('a session that never used the authenticator ends when that is asked for, but only once one is verified', () =>
  withFactor({ lowAssuranceSeconds: 0 }, async ({ call, id, code, refreshNewSession }) => {
    expect((await refreshNewSession()).status).toBe(200);
    const { json: challenge } = await call('POST', `/factors/${id}/challenge`);
    await call('POST', `/factors/${id}/verify`, { challenge_id: challenge.id, code: code() });
    await expect
      .poll(refreshNewSession)
      .toMatchObject({ status: 400, json: { error_code: 'session_expired', msg: expect.stringContaining('Low AAL') } });
  }));

it('an authenticator beyond the limit is refused', () =>
  withFactor({ maximumFactors: 1 }, async ({ call }) => {
    const answer = await call('POST', '/factors', { factor_type: 'totp', friendly_name: 'second' });
    expect(answer).toMatchObject({ status: 422, json: { error_code: 'too_many_enrolled_mfa_factors' } });
  }));
