import { expect, it } from 'vitest';
import { describeContract } from './support/describe-contract';
import { call } from './support/raw-call';

describeContract('service information', (target) => {
  it('has a health answer', async () => {
    expect(await call(target(), 'GET /health')).toMatchObject({
      status: 200,
      json: { name: 'GoTrue', version: expect.any(String), description: expect.any(String) },
    });
  });

  it('says in its settings what a sign-in page may offer', async () => {
    const { status, json } = await call(target(), 'GET /settings');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      external: { email: true, phone: false, anonymous_users: false, github: true, gitlab: false },
      disable_signup: false,
      mailer_autoconfirm: false,
      phone_autoconfirm: false,
      saml_enabled: false,
      passkeys_enabled: false,
    });
  });

  it('publishes asymmetric public keys only', async () => {
    const { status, headers, json } = await call(target(), 'GET /.well-known/jwks.json');
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('public, max-age=600');
    if (target().algorithm === 'HS256') return expect(json).toEqual({ keys: [] });
    expect(json.keys).toEqual([
      {
        alg: 'ES256',
        crv: 'P-256',
        ext: true,
        key_ops: ['verify'],
        kid: expect.any(String),
        kty: 'EC',
        use: 'sig',
        x: expect.any(String),
        y: expect.any(String),
      },
    ]);
  });
});

describeContract('errors', (target) => {
  const refused = { body: { email: 'nobody', password: 'long enough' } };

  it('have a number, a code and a message by default', async () => {
    const { status, headers, json } = await call(target(), 'POST /signup', refused);
    expect(status).toBe(400);
    expect(headers.get('x-sb-error-code')).toBe('validation_failed');
    expect(headers.get('x-supabase-api-version')).toBeNull();
    expect(json).toEqual({ code: 400, error_code: 'validation_failed', msg: 'Unable to validate email address: invalid format' });
  });

  it.each(['2024-01-01', '2026-11-23'])('have a code in words for clients of version %s', async (version) => {
    const { headers, json } = await call(target(), 'POST /signup', {
      ...refused,
      headers: { 'X-Supabase-Api-Version': version },
    });
    expect(headers.get('x-sb-error-code')).toBe('validation_failed');
    expect(headers.get('x-supabase-api-version')).toBe('2024-01-01');
    expect(json).toEqual({ code: 'validation_failed', message: 'Unable to validate email address: invalid format' });
  });

  it.each(['2023-12-31', 'tomorrow'])('keep the first form for version %s', async (version) => {
    const { json } = await call(target(), 'POST /signup', { ...refused, headers: { 'X-Supabase-Api-Version': version } });
    expect(json.code).toBe(400);
  });

  it('explain a weak password in both forms', async () => {
    const weak = { body: { email: 'a@example.com', password: 'abc' } };
    const reasons = { weak_password: { reasons: ['length'] } };
    expect((await call(target(), 'POST /signup', weak)).json).toEqual({
      code: 422,
      error_code: 'weak_password',
      msg: 'Password should be at least 6 characters.',
      ...reasons,
    });
    const versioned = await call(target(), 'POST /signup', { ...weak, headers: { 'X-Supabase-Api-Version': '2024-01-01' } });
    expect(versioned.json).toEqual({ code: 'weak_password', message: 'Password should be at least 6 characters.', ...reasons });
  });

  it('refuse a body of more than one megabyte', async () => {
    const answer = await call(target(), 'POST /signup', { body: { email: 'a@example.com', password: 'x'.repeat(1 << 20) } });
    expect(answer).toMatchObject({ status: 413, json: { error_code: 'request_entity_too_large' } });
  });

  it('read a body of null as an empty one', async () => {
    const answer = await call(target(), 'POST /signup', { body: 'null' });
    expect(answer).toMatchObject({ status: 422, json: { error_code: 'anonymous_provider_disabled' } });
  });

  it('have no body where another method is at home', async () => {
    expect(await call(target(), 'GET /signup')).toMatchObject({ status: 405, json: '' });
  });

  it('are plain text where there is no route', async () => {
    expect(await call(target(), 'GET /nothing/here')).toMatchObject({ status: 404, json: '404 page not found\n' });
  });

  it('reach a browser of any origin', async () => {
    const response = await fetch(`${target().url}/auth/v1/token?grant_type=password`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:3000',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-client-info,x-supabase-api-version',
      },
    });
    expect([200, 204]).toContain(response.status);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
  });
});
