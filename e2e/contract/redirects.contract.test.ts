import { expect, it } from 'vitest';
import { anonClient } from './support/clients';
import { describeContract } from './support/describe-contract';
import { latestLink } from './support/inbox';
import { newAddress, newPerson, PASSWORD } from './support/people';
import { call, openLink } from './support/raw-call';
import { ALLOWED_APP_LINK, ALLOWED_CALLBACK, SITE_URL } from './support/target';

const ALLOWED = [
  SITE_URL,
  `${SITE_URL}/any/path?and=query`,
  'http://localhost:4999/another/port/of/loopback',
  'http://127.0.0.1:8080/loopback',
  'http://[::1]:8080/loopback',
  'http://[0:0:0:0:0:0:0:1]:8080/loopback',
  ALLOWED_CALLBACK,
  'https://pr-7.preview.example.com/',
  'https://pr-7.preview.example.com/deep/path?x=1',
  ALLOWED_APP_LINK,
];

const REFUSED = [
  'https://evil.example/auth/callback',
  'https://dashboard.example.com/auth/callback/more',
  'https://dashboard.example.com/auth/callback?with=query',
  'http://dashboard.example.com/auth/callback',
  'https://dashboard.example.com.evil.example/auth/callback',
  'https://dashboard.example.com@evil.example/auth/callback',
  'https://preview.example.com/',
  'https://a.b.preview.example.com/',
  'https://evil.example/.preview.example.com/',
  'https://evil.example\\.preview.example.com/x',
  'https://localhost:3000/another/scheme',
  'http://localhost:3000/broken%zz',
  'http://localhost\\@evil.example/',
  'http://2130706433/',
  'http://192.168.1.1/',
  'http://169.254.169.254/latest/meta-data',
  'panda://elsewhere',
  '//evil.example/',
  '/relative',
  'javascript:alert(1)',
  'data:text/html,hello',
];

describeContract('redirect allow list', (target) => {
  it.each(ALLOWED)('leads to %s', async (url) => {
    expect(await redirectOf(url)).toBe(url);
  });

  it.each(REFUSED)('leads to the site instead of %s', async (url) => {
    expect(await redirectOf(url)).toBe(SITE_URL);
  });

  it('leads to an allowed referrer when no redirect is asked for', async () => {
    const opened = await call(target(), 'POST /admin/generate_link', {
      token: target().serviceRoleKey,
      body: { type: 'magiclink', email: newAddress() },
      headers: { referer: 'https://pr-7.preview.example.com/sign-in' },
    });
    expect(opened.json.redirect_to).toBe('https://pr-7.preview.example.com/sign-in');
  });

  it('is applied again when the link is opened: a changed link does not lead elsewhere', async () => {
    const { email } = await newPerson(target());
    await anonClient(target()).auth.signInWithOtp({ email, options: { emailRedirectTo: ALLOWED_CALLBACK } });
    const link = new URL(await latestLink(target(), email));
    link.searchParams.set('redirect_to', 'https://evil.example/');
    expect(await openLink(link.href)).toMatchObject({ page: SITE_URL, fragment: { type: 'magiclink' } });
  });

  it('holds for every mail', async () => {
    const email = newAddress();
    await anonClient(target()).auth.signUp({ email, password: PASSWORD, options: { emailRedirectTo: 'https://evil.example/' } });
    expect(new URL(await latestLink(target(), email)).searchParams.get('redirect_to')).toBe(SITE_URL);
  });

  async function redirectOf(redirect_to: string): Promise<string> {
    const body = { type: 'magiclink', email: newAddress(), redirect_to };
    const { json } = await call(target(), 'POST /admin/generate_link', { token: target().serviceRoleKey, body });
    return json.redirect_to;
  }
});
