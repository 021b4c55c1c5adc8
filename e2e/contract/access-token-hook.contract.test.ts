import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { adminClient, anonClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { newAddress, PASSWORD } from './support/people';
import { call } from './support/raw-call';
import { refresh } from './support/refresh';
import type { Target } from './support/target';

/** Signs in somebody for whom the hook does what its name says. */
async function signInReshaped(target: Target, reshape: string) {
  const email = newAddress();
  await adminClient(target).auth.admin.createUser({
    email,
    password: PASSWORD,
    email_confirm: true,
    user_metadata: { reshape },
  });
  return call(target, 'POST /token?grant_type=password', { body: { email, password: PASSWORD } });
}

describeContract(
  'a token hook',
  (target) => {
    it.each([
      ['no_metadata', { app_metadata: undefined, user_metadata: undefined }],
      ['no_amr', { amr: undefined }],
      ['no_issuer', { iss: undefined }],
      ['amr_strings', { amr: ['password'] }],
      ['aud_array', { aud: ['authenticated', 'elsewhere'] }],
      ['other_role', { role: 'reader' }],
      ['aal2', { aal: 'aal2' }],
      ['extra', { org_id: 'panda', permissions: ['read'], nested: { deep: true } }],
      ['nothing_known', { role: 'authenticated' }],
    ])('may make a token of the shape %s, which the server itself still reads', async (reshape, expected) => {
      const { status, json } = await signInReshaped(target(), reshape);
      expect(status).toBe(200);
      const claims = decodeJwt(json.access_token);
      for (const [name, value] of Object.entries(expected)) expect(claims[name]).toEqual(value);
      expect((await call(target(), 'GET /user', { token: json.access_token })).status).toBe(200);
      const refreshed = decodeJwt((await refresh(target(), json.refresh_token)).json.access_token);
      for (const [name, value] of Object.entries(expected)) if (name !== 'amr') expect(refreshed[name]).toEqual(value);
    });

    it.each([
      ['no_session', '(root): session_id is required'],
      ['email_number', 'email: Invalid type. Expected: string, given: integer'],
    ])('may not make one of the shape %s', async (reshape, violation) => {
      expect(await signInReshaped(target(), reshape)).toMatchObject({
        status: 500,
        json: {
          code: 500,
          error_code: 'unexpected_failure',
          msg: `output claims do not conform to the expected schema: \n- ${violation}\n`,
        },
      });
    });

    it('may refuse, in its own words', async () => {
      const { status, headers, json } = await signInReshaped(target(), 'refuse');
      expect({ status, json }).toMatchObject({
        status: 403,
        json: { code: 403, error_code: 'unknown', msg: 'The hook says no' },
      });
      expect(headers.get('x-sb-error-code')).toBeNull();
    });

    it('is seen by the client as an error', async () => {
      const email = newAddress();
      await adminClient(target()).auth.admin.createUser({
        email,
        password: PASSWORD,
        email_confirm: true,
        user_metadata: { reshape: 'refuse' },
      });
      const { error } = await anonClient(target()).auth.signInWithPassword({ email, password: PASSWORD });
      expect(error).toMatchObject({ status: 403, message: 'The hook says no' });
    });
  },
  'guarded',
);
