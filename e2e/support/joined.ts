import { type APIRequest, expect } from '@playwright/test';
import { accessTokenOf, bearer, type Person } from './person';
import { APP_URL } from './stack';

/** Lets somebody in by an invite, both over the API, and returns what speaks for them there. */
export async function joined(api: APIRequest, owner: Person & { slug: string }, person: Person, role = 'member') {
  const request = await api.newContext({ baseURL: APP_URL });
  const asOwner = bearer(request, await accessTokenOf(owner));
  const asPerson = bearer(request, await accessTokenOf(person));
  const invite = await (await asOwner('POST', `/v1/orgs/${owner.slug}/invites`, { email: person.email, role })).json();
  expect((await asPerson('POST', `/v1/orgs/invites/${invite.token}/accept`)).status()).toBe(200);
  return { asOwner, asPerson };
}
