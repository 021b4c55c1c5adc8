import { expect, it } from 'vitest';
import type { AuthServerOptions } from './options';
import type { AuthServer } from './start-auth-server';
import { callApi, createPerson, PERSON, signIn, startForTest } from './testing/start-for-test';

const CHALLENGE = { code_challenge: 'p'.repeat(43), code_challenge_method: 'plain' };

async function withServer(options: Partial<AuthServerOptions>, test: (server: AuthServer) => Promise<void>): Promise<void> {
  const server = await startForTest(options);
  try {
    await createPerson(server);
    await test(server);
  } finally {
    await server.close();
  }
}

async function newestLink(server: AuthServer): Promise<string> {
  const mails = await (await fetch(`${server.url}/inbox.json?to=${PERSON.email}`)).json();
  return mails[0].links[0];
}

it('an old link and an old code are otp_expired', () =>
  withServer({ otpLifetimeSeconds: 0 }, async (server) => {
    const { json } = await callApi(server, 'POST /admin/generate_link', { type: 'magiclink', email: PERSON.email });
    const opened = await fetch(json.action_link, { redirect: 'manual' });
    expect(opened.headers.get('location')).toContain('error_code=otp_expired');
    const typed = await callApi(server, 'POST /verify', { type: 'email', email: PERSON.email, token: json.email_otp });
    expect(typed).toMatchObject({ status: 403, json: { error_code: 'otp_expired' } });
  }));

it('an old code of a PKCE flow is flow_state_expired', () =>
  withServer({ flowStateLifetimeSeconds: 0 }, async (server) => {
    await callApi(server, 'POST /otp', { email: PERSON.email, ...CHALLENGE });
    const opened = await fetch(await newestLink(server), { redirect: 'manual' });
    const code = new URL(opened.headers.get('location') ?? '').searchParams.get('code');
    const body = { auth_code: code, code_verifier: CHALLENGE.code_challenge };
    const answer = await callApi(server, 'POST /token?grant_type=pkce', body);
    expect(answer).toMatchObject({ status: 422, json: { error_code: 'flow_state_expired' } });
  }));

it.each([{ sessionTimeboxSeconds: 0 }, { sessionInactivitySeconds: 0 }])('a session past %o cannot be refreshed', (options) =>
  withServer(options, async (server) => {
    const { json } = await signIn(server);
    await expect
      .poll(() => callApi(server, 'POST /token?grant_type=refresh_token', { refresh_token: json.refresh_token }))
      .toMatchObject({ status: 400, json: { error_code: 'session_expired' } });
  }),
);

it('with single sessions only the latest one goes on', () =>
  withServer({ singleSession: true }, async (server) => {
    const [first, second] = [await signIn(server), await signIn(server)];
    const refresh = (token: string) => callApi(server, 'POST /token?grant_type=refresh_token', { refresh_token: token });
    await expect
      .poll(() => refresh(first.json.refresh_token))
      .toMatchObject({ status: 400, json: { error_code: 'session_expired', msg: expect.stringContaining('Newer Login') } });
    expect((await refresh(second.json.refresh_token)).status).toBe(200);
  }));

it('an access token past its lifetime is refused, its session can be refreshed', () =>
  withServer({ jwtLifetimeSeconds: 0 }, async (server) => {
    const { json } = await signIn(server);
    const headers = { apikey: server.anonKey, authorization: `Bearer ${json.access_token}` };
    const answer = await fetch(`${server.url}/auth/v1/user`, { headers });
    expect(await answer.json()).toMatchObject({ error_code: 'bad_jwt', msg: expect.stringContaining('token is expired') });
    const refreshed = await callApi(server, 'POST /token?grant_type=refresh_token', { refresh_token: json.refresh_token });
    expect(refreshed.status).toBe(200);
  }));

it('mails may follow each other at once when the interval is 0', () =>
  withServer({ mailIntervalSeconds: 0 }, async (server) => {
    for (const expected of [200, 200]) {
      expect((await callApi(server, 'POST /otp', { email: PERSON.email })).status).toBe(expected);
    }
  }));

it('while sign-up is disabled nobody registers, but an invitation still goes out', () =>
  withServer({ disableSignup: true }, async (server) => {
    const email = 'stranger@example.com';
    for (const path of ['/signup', '/otp']) {
      const answer = await callApi(server, `POST ${path}`, { email, password: PERSON.password });
      expect(answer).toMatchObject({ status: 422, json: { error_code: 'signup_disabled' } });
    }
    expect((await callApi(server, 'POST /invite', { email })).status).toBe(200);
  }));

it('without secure email change the new address alone confirms', () =>
  withServer({ secureEmailChange: false }, async (server) => {
    const { json } = await signIn(server);
    await fetch(`${server.url}/auth/v1/user`, {
      method: 'PUT',
      headers: { apikey: server.anonKey, authorization: `Bearer ${json.access_token}` },
      body: JSON.stringify({ email: 'new@example.com' }),
    });
    const mails = await (await fetch(`${server.url}/inbox.json`)).json();
    expect(mails.map((mail: { to: string }) => mail.to)).toEqual(['new@example.com']);
    const opened = await fetch(mails[0].links[0], { redirect: 'manual' });
    expect(opened.headers.get('location')).toContain('type=email_change');
  }));

it('an older session changes its password with the mailed code only, which works once', () =>
  withServer({ securePasswordChange: true, reauthenticateAfterSeconds: 0 }, async (server) => {
    const { json } = await signIn(server);
    const authorization = `Bearer ${json.access_token}`;
    const headers = { apikey: server.anonKey, authorization };
    const change = async (body: object) => {
      const answer = await fetch(`${server.url}/auth/v1/user`, { method: 'PUT', headers, body: JSON.stringify(body) });
      return { status: answer.status, ...(await answer.json()) };
    };
    expect(await change({ password: 'another one' })).toMatchObject({ status: 400, error_code: 'reauthentication_needed' });
    await fetch(`${server.url}/auth/v1/reauthenticate`, { headers });
    const [mail] = await (await fetch(`${server.url}/inbox.json?to=${PERSON.email}`)).json();
    const nonce = /\b\d{6}\b/.exec(mail.text)?.[0];
    const wrong = nonce === '000000' ? '000001' : '000000';
    expect(await change({ password: 'another one', nonce: wrong })).toMatchObject({ error_code: 'reauthentication_not_valid' });
    expect(await change({ password: 'another one', nonce })).toMatchObject({ status: 200 });
    expect(await change({ password: 'a third one', nonce })).toMatchObject({
      status: 422,
      error_code: 'reauthentication_not_valid',
    });
  }));
