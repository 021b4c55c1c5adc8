import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ScriptedAuthServer, startScriptedAuthServer } from '@/e2e/support/scripted-auth-server';
import { setConfig, signHs256 } from '@/e2e/support/test-project';
import { PublicConfigProvider } from '@/lib/api-client/public-config-context';
import { publicConfig } from '@/lib/public-config';
import SignupPage from './page';

vi.mock('next/headers', () => ({
  cookies: async () => ({ get: () => undefined, getAll: () => [] }),
  headers: async () => new Headers(),
}));

let server: ScriptedAuthServer;
beforeEach(async () => {
  server = await startScriptedAuthServer();
});
afterEach(() => server.close());

/** The page as a stranger's browser gets it, under this policy and with these settings of the auth server. */
async function shown(policy: Record<string, string>, settings: object = {}): Promise<string> {
  server.answer(() => ({ status: 200, body: { external: { email: true }, ...settings } }));
  (globalThis as { __pandastackAuthSettings?: unknown }).__pandastackAuthSettings = undefined;
  setConfig({
    SUPABASE_URL: server.url,
    SUPABASE_ANON_KEY: signHs256({ iss: 'supabase', role: 'anon', iat: 1, exp: 4_000_000_000 }),
    ...policy,
  });
  const page = await SignupPage({ searchParams: Promise.resolve({}) });
  return renderToStaticMarkup(<PublicConfigProvider config={publicConfig()}>{page}</PublicConfigProvider>);
}

test('a server open to all shows the form and names no domain', async () => {
  const html = await shown({ PANDASTACK_SIGNUP: 'open' });
  expect(html).toContain('Create the account');
  expect(html).not.toContain('For addresses at');
});

test('a server for some domains shows the form and names them', async () => {
  const html = await shown({ PANDASTACK_SIGNUP: 'domains', PANDASTACK_SIGNUP_DOMAINS: 'engines.example,looms.example' });
  expect(html).toContain('Create the account');
  expect(html).toContain('For addresses at engines.example, looms.example.');
});

test.each([
  ['closed', {}, 'This server takes no new people'],
  ['invite_only', {}, 'New people come here by invitation'],
  ['open', { disable_signup: true }, 'New accounts cannot be made here'],
  ['open', { external: { email: false } }, 'New accounts cannot be made here'],
])('a server that is %s (the auth server: %o) has no form, says why and whom to ask', async (signup, settings, title) => {
  const html = await shown({ PANDASTACK_SIGNUP: signup }, settings);
  expect(html).toContain(title);
  expect(html).toContain('Ask ');
  expect(html).not.toContain('<form');
});

test('an account comes about at a provider too: its button says where it leads', async () => {
  const html = await shown({ PANDASTACK_SIGNUP: 'open' }, { external: { email: true, github: true } });
  expect(html).toContain('Continue with GitHub');
  expect(await shown({ PANDASTACK_SIGNUP: 'closed' }, { external: { email: true, github: true } })).not.toContain(
    'Continue with',
  );
});
