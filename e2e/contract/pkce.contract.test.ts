import { expect, it } from 'vitest';
import { anonClient, browserClient, type CookieJar, cookieClient, newStorage, pkceClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { latestLink } from './support/inbox';
import { newAddress, newPerson, PASSWORD } from './support/people';
import { call, openLink } from './support/raw-call';
import { SITE_URL } from './support/target';

describeContract('PKCE', (target) => {
  it('brings a code in the query, which the same browser exchanges for a session', async () => {
    const { email, user } = await newPerson(target());
    const client = pkceClient(target());
    const callback = 'https://pr-7.preview.example.com/auth/callback';
    await client.auth.signInWithOtp({ email, options: { emailRedirectTo: `${callback}?next=/orgs` } });
    const opened = await openLink(await latestLink(target(), email));
    expect(opened).toMatchObject({ status: 303, page: callback, query: { next: '/orgs' }, fragment: {} });
    const { data, error } = await client.auth.exchangeCodeForSession(opened.query.code ?? '');
    expect(error).toBeNull();
    expect(data.session?.user.id).toBe(user.id);
  });

  it('marks the token of its mail', async () => {
    const { email } = await newPerson(target());
    await pkceClient(target()).auth.signInWithOtp({ email });
    expect(new URL(await latestLink(target(), email)).searchParams.get('token')).toMatch(/^pkce_[0-9a-f]{56}$/);
  });

  it('confirms a sign-up', async () => {
    const email = newAddress();
    const client = pkceClient(target());
    await client.auth.signUp({ email, password: PASSWORD });
    const { query } = await openLink(await latestLink(target(), email));
    const { data } = await client.auth.exchangeCodeForSession(query.code ?? '');
    expect(data.user?.email_confirmed_at).toEqual(expect.any(String));
  });

  it('works through the cookies of @supabase/ssr, request after request', async () => {
    const { email, user } = await newPerson(target());
    const jar: CookieJar = new Map();
    await cookieClient(target(), jar).auth.signInWithOtp({ email });
    const { query } = await openLink(await latestLink(target(), email));
    const { error } = await cookieClient(target(), jar).auth.exchangeCodeForSession(query.code ?? '');
    expect(error).toBeNull();
    expect((await cookieClient(target(), jar).auth.getUser()).data.user?.id).toBe(user.id);
    await cookieClient(target(), jar).auth.signOut();
    expect((await cookieClient(target(), jar).auth.getUser()).data.user).toBeNull();
  });

  it('starts in the browser and ends on the server, which share cookies', async () => {
    const { email, user } = await newPerson(target());
    const jar: CookieJar = new Map();
    await browserClient(target(), jar).auth.signInWithOtp({ email });
    const { query } = await openLink(await latestLink(target(), email));
    expect((await cookieClient(target(), jar).auth.exchangeCodeForSession(query.code ?? '')).error).toBeNull();
    expect((await browserClient(target(), jar).auth.getUser()).data.user?.id).toBe(user.id);
  });

  it('refuses another browser, which has no verifier', async () => {
    const { email } = await newPerson(target());
    await pkceClient(target()).auth.signInWithOtp({ email });
    const { query } = await openLink(await latestLink(target(), email));
    const answer = await call(target(), 'POST /token?grant_type=pkce', { body: { auth_code: query.code, code_verifier: '' } });
    expect(answer).toMatchObject({ status: 400, json: { error_code: 'validation_failed' } });
    expect((await pkceClient(target()).auth.exchangeCodeForSession(query.code ?? '')).error).not.toBeNull();
  });

  it('refuses an unknown code and a code that was used', async () => {
    const { email } = await newPerson(target());
    const storage = newStorage();
    const client = pkceClient(target(), storage);
    await client.auth.signInWithOtp({ email });
    const { query } = await openLink(await latestLink(target(), email));
    const [verifier] = await readVerifier(storage, target().url);
    const body = { auth_code: query.code, code_verifier: verifier };
    expect((await call(target(), 'POST /token?grant_type=pkce', { body })).status).toBe(200);
    for (const code of [query.code, crypto.randomUUID()]) {
      const answer = await call(target(), 'POST /token?grant_type=pkce', { body: { ...body, auth_code: code } });
      expect(answer).toMatchObject({ status: 404, json: { error_code: 'flow_state_not_found' } });
    }
  });

  it('refuses a wrong verifier but keeps the code for the right one', async () => {
    const { email } = await newPerson(target());
    const storage = newStorage();
    await pkceClient(target(), storage).auth.signInWithOtp({ email });
    const { query } = await openLink(await latestLink(target(), email));
    const wrong = await call(target(), 'POST /token?grant_type=pkce', {
      body: { auth_code: query.code, code_verifier: 'wrong' },
    });
    expect(wrong).toMatchObject({ status: 400, json: { error_code: 'bad_code_verifier' } });
    expect((await pkceClient(target(), storage).auth.exchangeCodeForSession(query.code ?? '')).error).toBeNull();
  });

  it('binds the code to the newest request, even to one whose mail was refused', async () => {
    const { email } = await newPerson(target());
    const first = pkceClient(target());
    const second = pkceClient(target());
    await first.auth.signInWithOtp({ email });
    expect((await second.auth.signInWithOtp({ email })).error?.code).toBe('over_email_send_rate_limit');
    const { query } = await openLink(await latestLink(target(), email));
    expect((await first.auth.exchangeCodeForSession(query.code ?? '')).error?.code).toBe('bad_code_verifier');
  });

  it('reports a dead link in the query and in the fragment', async () => {
    const { email } = await newPerson(target());
    await pkceClient(target()).auth.signInWithOtp({ email });
    const link = await latestLink(target(), email);
    await openLink(link);
    const error = {
      error: 'access_denied',
      error_code: 'otp_expired',
      error_description: 'Email link is invalid or has expired',
    };
    expect(await openLink(link)).toEqual({ status: 303, page: SITE_URL, query: error, fragment: { ...error, sb: '' } });
  });

  it('accepts a plain challenge', async () => {
    const { email } = await newPerson(target());
    const challenge = 'p'.repeat(43);
    await call(target(), 'POST /otp', { body: { email, code_challenge: challenge, code_challenge_method: 'plain' } });
    const { query } = await openLink(await latestLink(target(), email));
    const answer = await call(target(), 'POST /token?grant_type=pkce', {
      body: { auth_code: query.code, code_verifier: challenge },
    });
    expect(answer.status).toBe(200);
  });

  it('is left by a code typed in: no exchange is needed', async () => {
    const { email } = await newPerson(target());
    await pkceClient(target()).auth.signInWithOtp({ email });
    const token_hash = new URL(await latestLink(target(), email)).searchParams.get('token') ?? '';
    const { data } = await anonClient(target()).auth.verifyOtp({ token_hash, type: 'magiclink' });
    expect(data.session).not.toBeNull();
  });
});

/** The library stores `verifier/flow` as JSON under a key derived from the URL. */
async function readVerifier(storage: ReturnType<typeof newStorage>, url: string): Promise<string[]> {
  const [name] = new URL(url).hostname.split('.');
  const stored = storage.getItem(`sb-${name}-auth-token-code-verifier`) ?? '""';
  return String(JSON.parse(stored)).split('/');
}
