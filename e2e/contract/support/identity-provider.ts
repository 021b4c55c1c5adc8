import { type OpenedLink, readRedirect } from './raw-call';

/** Answers the identity provider's page, posts its answer to the auth server as the browser would, and stops at the redirect. */
export async function passIdentityProvider(url: string, person: { email: string; name?: string }): Promise<OpenedLink> {
  const body = new URLSearchParams({ email: person.email, name: person.name ?? '' });
  const page = await (await fetch(url, { method: 'POST', body })).text();
  const action = new URL(/action="([^"]+)"/.exec(page)?.[1] ?? '', url);
  const fields = [...page.matchAll(/name="(SAMLResponse|RelayState)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  return readRedirect(await fetch(action, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' }));
}
