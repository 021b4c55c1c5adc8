import { type BrowserContext, expect, test } from '@playwright/test';
import { onPhone, slowPage, weigh } from '../support/page-weight';
import { accessTokenOf, bearer, founder, newEmail, newProfile } from '../support/person';

const SIGN_IN_BYTES = 130_000;
const ORG_PAGE_BYTES = 200_000;
/** web.dev calls 0.1 good. */
const MOST_SHIFT = 0.02;

/** The pages that are over a budget, each with what made it so. */
async function overBudget(context: BrowserContext, paths: string[], most: number): Promise<string[]> {
  const page = await slowPage(context);
  const over: string[] = [];
  for (const path of paths) {
    const { scripts, largest, shift, moved } = await weigh(page, path);
    if (process.env.E2E_WEIGHTS) console.log(`${path.padEnd(50)} ${scripts} bytes of scripts, shift ${shift.toFixed(4)}`);
    if (scripts > most) over.push(`${path}: ${scripts} bytes of scripts\n  ${largest.join('\n  ')}`);
    if (shift >= MOST_SHIFT) over.push(`${path}: shifts by ${shift.toFixed(3)}\n  ${moved.join('\n  ')}`);
  }
  await page.close();
  return over;
}

test('pages of a sign-in load little and stand still, however slowly they come', async ({ browser }) => {
  const { context } = await newProfile(browser);
  const paths = ['/login', '/signup', '/auth/forgot', '/auth/error?reason=expired', '/invite/nobody-knows-this-one'];
  for (const one of [context, await onPhone(browser, context)]) expect(await overBudget(one, paths, SIGN_IN_BYTES)).toEqual([]);
});

test('pages of an organization do too', async ({ browser, playwright, baseURL }) => {
  const request = await playwright.request.newContext({ baseURL });
  const ada = await founder(browser);
  const api = bearer(request, await accessTokenOf(ada));
  for (const role of ['member', 'admin', 'member']) {
    await api('POST', `/v1/orgs/${ada.slug}/invites`, { email: newEmail(), role });
  }
  for (const label of ['laptop', 'ci']) await api('POST', `/v1/orgs/${ada.slug}/tokens`, { label });
  const { token } = await (await api('POST', `/v1/orgs/${ada.slug}/invites`, { email: newEmail(), role: 'member' })).json();
  const org = `/orgs/${ada.slug}`;
  const screens = ['', '/sandboxes', '/templates', '/snapshots', '/volumes', '/members', '/tokens', '/observability', '/usage'];
  const paths = [
    ...[...screens, '/audit', '/settings'].map((screen) => org + screen),
    ...['/account', '/account/security', '/account/sessions', '/orgs/new', '/admin/doctor', '/admin/agents', `/invite/${token}`],
  ];
  for (const context of [ada.context, await onPhone(browser, ada.context)]) {
    expect(await overBudget(context, paths, ORG_PAGE_BYTES)).toEqual([]);
  }
});
