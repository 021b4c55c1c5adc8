import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { adminClient, anonClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { latestLink, mailsTo } from './support/inbox';
import { newAddress, newPerson, PASSWORD } from './support/people';
import { passProvider } from './support/provider';
import { call, openLink } from './support/raw-call';
import { refresh } from './support/refresh';
import type { Target } from './support/target';

async function newVisitor(target: Target, data: object = {}) {
  const client = anonClient(target);
  const { data: signedIn, error } = await client.auth.signInAnonymously({ options: { data } });
  if (error || !signedIn.session || !signedIn.user) throw error ?? new Error('no session');
  return { client, session: signedIn.session, user: signedIn.user };
}

describeContract(
  'an anonymous visitor',
  (target) => {
    it('has an account without an address and a token that says so', async () => {
      const { session, user } = await newVisitor(target(), { theme: 'dark' });
      expect(user).toMatchObject({
        is_anonymous: true,
        email: '',
        phone: '',
        app_metadata: {},
        identities: [],
        role: 'authenticated',
      });
      expect(decodeJwt(session.access_token)).toMatchObject({
        sub: user.id,
        aud: 'authenticated',
        role: 'authenticated',
        email: '',
        app_metadata: {},
        user_metadata: { theme: 'dark' },
        is_anonymous: true,
        aal: 'aal1',
        amr: [{ method: 'anonymous' }],
      });
    });

    it('is told in the settings', async () => {
      expect((await call(target(), 'GET /settings')).json.external.anonymous_users).toBe(true);
    });

    it('may neither enrol an authenticator nor reauthenticate nor set a password alone', async () => {
      const { session } = await newVisitor(target());
      const token = session.access_token;
      const factor = await call(target(), 'POST /factors', { token, body: { factor_type: 'totp' } });
      expect(factor).toMatchObject({ status: 403, json: { error_code: 'no_authorization' } });
      expect(await call(target(), 'GET /reauthenticate', { token })).toMatchObject({
        status: 400,
        json: { error_code: 'validation_failed' },
      });
      expect(await call(target(), 'PUT /user', { token, body: { password: PASSWORD } })).toMatchObject({
        status: 422,
        json: { error_code: 'validation_failed' },
      });
    });

    it('becomes permanent once an address is confirmed, keeping the id', async () => {
      const { client, session, user } = await newVisitor(target());
      const email = newAddress();
      const { data, error } = await client.auth.updateUser({ email });
      expect(error).toBeNull();
      expect(data.user).toMatchObject({ is_anonymous: true, new_email: email });
      expect(await mailsTo(target(), email)).toHaveLength(1);
      const { fragment } = await openLink(await latestLink(target(), email));
      expect(decodeJwt(fragment.access_token ?? '')).toMatchObject({
        sub: user.id,
        email,
        is_anonymous: false,
        app_metadata: { provider: 'email', providers: ['email'] },
      });
      const { json } = await refresh(target(), session.refresh_token);
      expect(decodeJwt(json.access_token)).toMatchObject({ is_anonymous: false, email });
      expect(json.user.identities).toMatchObject([{ provider: 'email', identity_data: { email_verified: true } }]);
    });

    it('becomes permanent through a provider', async () => {
      const { session, user } = await newVisitor(target());
      const email = newAddress();
      const { json } = await call(target(), 'GET /user/identities/authorize?provider=github&skip_http_redirect=true', {
        token: session.access_token,
      });
      const { fragment } = await passProvider(json.url, { email });
      expect(decodeJwt(fragment.access_token ?? '')).toMatchObject({ sub: user.id, email, is_anonymous: false });
    });

    it('cannot take an address that is somebody’s', async () => {
      const { client } = await newVisitor(target());
      const { email } = await newPerson(target());
      expect((await client.auth.updateUser({ email })).error?.code).toBe('email_exists');
    });

    it('is made permanent by an administrator', async () => {
      const { user } = await newVisitor(target());
      const { data } = await adminClient(target()).auth.admin.updateUserById(user.id, {
        email: newAddress(),
        email_confirm: true,
      });
      expect(data.user).toMatchObject({ is_anonymous: false });
    });
  },
  'guarded',
);
