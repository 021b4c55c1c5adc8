import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { describeContract } from './support/describe-contract';
import { latestTokenHash } from './support/inbox';
import { newAddress, PASSWORD } from './support/people';
import { call } from './support/raw-call';
import { refresh } from './support/refresh';

const headers = { 'X-JWT-AUD': 'elsewhere' };

describeContract('an audience of one’s own', (target) => {
  it('asked for at sign-up is that of every token from then on', async () => {
    const email = newAddress();
    const { json: user } = await call(target(), 'POST /signup', { headers, body: { email, password: PASSWORD } });
    expect(user.aud).toBe('elsewhere');
    const token_hash = await latestTokenHash(target(), email);
    const { json } = await call(target(), 'POST /verify', { body: { type: 'signup', token_hash } });
    expect(decodeJwt(json.access_token)).toMatchObject({ aud: 'elsewhere', sub: user.id, role: 'authenticated' });
    const refreshed = await refresh(target(), json.refresh_token);
    expect(decodeJwt(refreshed.json.access_token).aud).toBe('elsewhere');
    expect((await call(target(), 'GET /user', { token: json.access_token })).json.aud).toBe('elsewhere');
  });

  it('hides the account from those who do not name it', async () => {
    const email = newAddress();
    const body = { email, password: PASSWORD, email_confirm: true, aud: 'elsewhere' };
    await call(target(), 'POST /admin/users', { token: target().serviceRoleKey, body });
    const signIn = (named: object) =>
      call(target(), 'POST /token?grant_type=password', { body: { email, password: PASSWORD }, ...named });
    expect((await signIn({})).json.error_code).toBe('invalid_credentials');
    const { json } = await signIn({ headers });
    expect(decodeJwt(json.access_token).aud).toBe('elsewhere');
  });

  it('is not changed by the header at a later sign-in', async () => {
    const email = newAddress();
    await call(target(), 'POST /admin/users', {
      token: target().serviceRoleKey,
      body: { email, password: PASSWORD, email_confirm: true },
    });
    const { json } = await call(target(), 'POST /token?grant_type=password', { headers, body: { email, password: PASSWORD } });
    expect(json.error_code).toBe('invalid_credentials');
  });
});
