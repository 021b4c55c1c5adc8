import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { anonClient, pkceClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { latestLink } from './support/inbox';
import { newPerson, newSignedInPerson } from './support/people';
import { call, openLink } from './support/raw-call';

describeContract('access token', (target) => {
  it('carries exactly the claims Supabase documents', async () => {
    const { user, email, session } = await newSignedInPerson(target());
    const claims = decodeJwt(session.access_token);
    expect(claims).toEqual({
      iss: `${target().url}/auth/v1`,
      sub: user.id,
      aud: 'authenticated',
      exp: session.expires_at,
      iat: (session.expires_at ?? 0) - 3600,
      email,
      phone: '',
      app_metadata: { provider: 'email', providers: ['email'] },
      user_metadata: { email_verified: true },
      role: 'authenticated',
      aal: 'aal1',
      amr: [{ method: 'password', timestamp: expect.any(Number) }],
      session_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      is_anonymous: false,
    });
  });

  it('names its key only when that key is published', async () => {
    const { session } = await newSignedInPerson(target());
    const header = decodeProtectedHeader(session.access_token);
    const { json } = await call(target(), 'GET /.well-known/jwks.json');
    expect(header).toMatchObject({ alg: target().algorithm, typ: 'JWT' });
    const published = json.keys.map((key: { kid: string }) => key.kid);
    expect(published).toEqual(target().algorithm === 'HS256' ? [] : [header.kid]);
    if (target().algorithm === 'HS256') expect(header.kid).toBeUndefined();
  });

  it('verifies with the UTF-8 bytes of the secret, or with the published key', async () => {
    const { session, user } = await newSignedInPerson(target());
    const jwksUrl = new URL(`${target().url}/auth/v1/.well-known/jwks.json`);
    const { payload } =
      target().algorithm === 'HS256'
        ? await jwtVerify(session.access_token, new TextEncoder().encode(target().jwtSecret))
        : await jwtVerify(session.access_token, createRemoteJWKSet(jwksUrl));
    expect(payload.sub).toBe(user.id);
  });

  it('is understood by getClaims of the client', async () => {
    const { client, session, user } = await newSignedInPerson(target());
    const { data, error } = await client.auth.getClaims(session.access_token);
    expect(error).toBeNull();
    expect(data?.claims.sub).toBe(user.id);
  });

  it('says how the person signed in: by a code from a link', async () => {
    const { email } = await newPerson(target());
    await anonClient(target()).auth.signInWithOtp({ email });
    const { fragment } = await openLink(await latestLink(target(), email));
    expect(decodeJwt(fragment.access_token ?? '').amr).toEqual([{ method: 'otp', timestamp: expect.any(Number) }]);
  });

  it('says how the person signed in: by a magic link through PKCE', async () => {
    const { email } = await newPerson(target());
    const client = pkceClient(target());
    await client.auth.signInWithOtp({ email });
    const { query } = await openLink(await latestLink(target(), email));
    const { data } = await client.auth.exchangeCodeForSession(query.code ?? '');
    expect(decodeJwt(data.session?.access_token ?? '').amr).toEqual([{ method: 'magiclink', timestamp: expect.any(Number) }]);
  });

  it('is refused once expired, when tampered with, and with an unsigned header', async () => {
    const { session } = await newSignedInPerson(target());
    const claims = decodeJwt(session.access_token);
    const key = new TextEncoder().encode(target().jwtSecret);
    const expired = await new SignJWT({ ...claims, exp: 1 }).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key);
    const [header, payload, signature] = session.access_token.split('.');
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`;
    for (const token of [expired, `${header}.${payload}.${signature?.split('').reverse().join('')}`, unsigned, 'not-a-token']) {
      const answer = await call(target(), 'GET /user', { token });
      expect(answer).toMatchObject({ status: 403, json: { error_code: 'bad_jwt' } });
    }
  });

  it('signed with the secret is accepted for a live session, whatever the server signs with', async () => {
    const { session, user } = await newSignedInPerson(target());
    const key = new TextEncoder().encode(target().jwtSecret);
    const minted = await new SignJWT(decodeJwt(session.access_token)).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key);
    expect(await call(target(), 'GET /user', { token: minted })).toMatchObject({ status: 200, json: { id: user.id } });
  });
});
