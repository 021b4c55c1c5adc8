import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { enrol, raise } from './support/authenticator';
import { adminClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { newAddress, newSignedInPerson, PASSWORD, signIn } from './support/people';
import { call } from './support/raw-call';
import { refresh } from './support/refresh';

describeContract('an enrolled authenticator', (target) => {
  it('guards address and password against a session that has not passed it', async () => {
    const { session, email } = await newSignedInPerson(target());
    const { session: raised } = await raise(target(), session.access_token);
    const { session: low } = await signIn(target(), email);
    const changes = [{ email: newAddress() }, { password: `${PASSWORD} two` }];
    for (const body of changes) {
      const refused = await call(target(), 'PUT /user', { token: low.access_token, body });
      expect(refused).toMatchObject({ status: 401, json: { error_code: 'insufficient_aal' } });
    }
    for (const body of changes) {
      expect((await call(target(), 'PUT /user', { token: raised.access_token, body })).status).toBe(200);
    }
  });

  it('does not guard metadata', async () => {
    const { session, email } = await newSignedInPerson(target());
    await raise(target(), session.access_token);
    const { session: low } = await signIn(target(), email);
    const answer = await call(target(), 'PUT /user', { token: low.access_token, body: { data: { theme: 'dark' }, email } });
    expect(answer.status).toBe(200);
  });

  it('does not stop a token of aal1 from being used, nor from being refreshed', async () => {
    const { session, email } = await newSignedInPerson(target());
    await raise(target(), session.access_token);
    const { session: low } = await signIn(target(), email);
    expect((await call(target(), 'GET /user', { token: low.access_token })).status).toBe(200);
    const { json } = await refresh(target(), low.refresh_token);
    expect(decodeJwt(json.access_token).aal).toBe('aal1');
  });

  it('is removed from an aal2 session only', async () => {
    const { session, email } = await newSignedInPerson(target());
    const { id, session: raised } = await raise(target(), session.access_token);
    const { session: low } = await signIn(target(), email);
    const refused = await call(target(), `DELETE /factors/${id}`, { token: low.access_token });
    expect(refused).toMatchObject({ status: 422, json: { error_code: 'insufficient_aal' } });
    const removed = await call(target(), `DELETE /factors/${id}`, { token: raised.access_token });
    expect(removed).toMatchObject({ status: 200, json: { id } });
    const again = await call(target(), `DELETE /factors/${id}`, { token: raised.access_token });
    expect(again).toMatchObject({ status: 404, json: { error_code: 'mfa_factor_not_found' } });
  });

  it('half-made is removed from any session', async () => {
    const { session } = await newSignedInPerson(target());
    const { id } = await enrol(target(), session.access_token);
    expect((await call(target(), `DELETE /factors/${id}`, { token: session.access_token })).status).toBe(200);
  });

  it('lowers the sessions it raised when it is removed, from their next refresh on', async () => {
    const { client, session } = await newSignedInPerson(target());
    const { id, session: raised } = await raise(target(), session.access_token);
    await client.auth.setSession(raised);
    expect((await client.auth.mfa.unenroll({ factorId: id })).error).toBeNull();
    expect((await call(target(), 'GET /user', { token: raised.access_token })).status).toBe(200);
    const { json } = await refresh(target(), raised.refresh_token);
    const claims = decodeJwt(json.access_token);
    expect(claims).toMatchObject({ aal: 'aal1', amr: [{ method: 'password' }] });
  });

  it('is seen, renamed and removed by an administrator', async () => {
    const { session, user } = await newSignedInPerson(target());
    const { id, session: raised } = await raise(target(), session.access_token);
    const { mfa } = adminClient(target()).auth.admin;
    const { data: listed } = await mfa.listFactors({ userId: user.id });
    expect(listed?.factors).toMatchObject([{ id, status: 'verified', friendly_name: 'Phone' }]);
    const renamed = await call(target(), `PUT /admin/users/${user.id}/factors/${id}`, {
      token: target().serviceRoleKey,
      body: { friendly_name: 'Old phone' },
    });
    expect(renamed).toMatchObject({ status: 200, json: { id, friendly_name: 'Old phone' } });
    const { error } = await mfa.deleteFactor({ userId: user.id, id });
    expect(error).toBeNull();
    expect((await mfa.listFactors({ userId: user.id })).data?.factors).toEqual([]);
    expect(decodeJwt((await refresh(target(), raised.refresh_token)).json.access_token).aal).toBe('aal1');
  });

  it('is shown to administrators only', async () => {
    const { session, user } = await newSignedInPerson(target());
    const answer = await call(target(), `GET /admin/users/${user.id}/factors`, { token: session.access_token });
    expect(answer).toMatchObject({ status: 403, json: { error_code: 'not_admin' } });
  });
});
