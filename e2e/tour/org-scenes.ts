import { expect, type Page } from '@playwright/test';
import { chooses, holds, opens, opensMenu, type Scene, settled } from './scene';
import type { TourWorld } from './tour-world';

const below = (path: string) => (world: TourWorld) => `${world.org}${path}`;

/** The grey page of a way that has been begun. */
function skeleton(link: string): Scene {
  return {
    name: `${link.toLowerCase().replace(' ', '-')}-loading`,
    as: 'ada',
    at: below(link === 'Overview' ? '/members' : ''),
    act: async (page) => {
      await page.waitForLoadState('networkidle');
      await holds('**/*_rsc=*')(page);
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: link, exact: true }).click();
      await expect(page.locator('main .animate-breathe').first()).toBeVisible();
    },
  };
}

async function charts(page: Page): Promise<void> {
  await settled(page);
  await expect(page.getByRole('slider').first()).toBeVisible();
}

const OVERVIEW: Scene[] = [
  { name: 'overview', as: 'ada', at: below(''), act: settled },
  { name: 'overview-member', as: 'alan', at: below(''), act: settled },
  { name: 'overview-empty', as: 'ada', at: '/orgs/panda-labs', act: settled },
  { name: 'audit-empty', as: 'ada', at: '/orgs/panda-labs/audit?action=org.deleted', act: settled },
  { name: 'members-alone', as: 'ada', at: '/orgs/panda-labs/members' },
  { name: 'tokens-empty', as: 'ada', at: '/orgs/panda-labs/tokens' },
  { name: 'observability-empty', as: 'ada', at: '/orgs/panda-labs/observability', act: charts },
  { name: 'usage-empty', as: 'ada', at: '/orgs/panda-labs/usage' },
  ...['Overview', 'Members', 'API tokens', 'Audit log', 'Observability', 'Usage', 'Settings', 'Sandboxes'].map(skeleton),
  {
    name: 'menu-organizations',
    as: 'ada',
    at: below(''),
    act: opensMenu(/^Organization /),
  },
  {
    name: 'menu-account',
    as: 'ada',
    at: below(''),
    act: opensMenu(/^Account of/),
  },
  { name: 'navigation-phone', as: 'ada', at: below(''), phone: true, act: opens('Open the navigation') },
];

const PEOPLE: Scene[] = [
  { name: 'members', as: 'ada', at: below('/members') },
  { name: 'members-member', as: 'alan', at: below('/members') },
  { name: 'invite-people', as: 'ada', at: below('/members'), act: opens('Invite people') },
  {
    name: 'invite-people-nobody',
    as: 'ada',
    at: below('/members'),
    act: opens('Invite people', async (dialog) => {
      await dialog.getByRole('button', { name: 'Send invitation' }).click();
      await expect(dialog.getByText('Enter an address')).toBeVisible();
    }),
  },
  {
    name: 'invite-people-done',
    as: 'ada',
    at: below('/members'),
    act: opens('Invite people', async (dialog) => {
      await dialog.getByLabel('E-mail').fill('mary@acme.example, nobody, joan@acme.example, ada@acme.example');
      await dialog.getByRole('button', { name: 'Send invitation' }).click();
      await expect(dialog.getByText('Not invited')).toBeVisible();
    }),
  },
  {
    name: 'menu-role',
    as: 'ada',
    at: below('/members'),
    act: opensMenu(/^Role of grace/),
  },
  {
    name: 'make-owner',
    as: 'ada',
    at: below('/members'),
    act: chooses(/^Role of grace/, /^owner/i),
  },
  {
    name: 'remove-member',
    as: 'ada',
    at: below('/members'),
    act: opens('Remove grace@acme.example', (dialog) => expect(dialog.getByText(/no API token|API tokens, and/)).toBeVisible()),
  },
  { name: 'leave', as: 'alan', at: below('/members'), act: opens(/^Leave Acme/) },
  { name: 'revoke-invite', as: 'ada', at: below('/members'), act: opens(/^Revoke the invitation of kurt/) },
  {
    name: 'toast',
    as: 'ada',
    at: below('/members'),
    before: (page) =>
      page.route('**/resend', (route) =>
        route.fulfill({
          status: 429,
          json: {
            error: 'This invitation was sent again less than a minute ago',
            code: 'rate_limited',
            hint: 'Wait a moment, then send it again.',
          },
        }),
      ),
    act: async (page) => {
      await page
        .getByRole('button', { name: /^Resend the invitation of kurt/ })
        .filter({ visible: true })
        .click();
      await expect(page.getByText('This invitation was sent again less than a minute ago')).toBeVisible();
    },
  },
];

const TOKENS: Scene[] = [
  { name: 'tokens', as: 'ada', at: below('/tokens') },
  { name: 'new-token', as: 'ada', at: below('/tokens'), act: opens('New token') },
  {
    name: 'new-token-refused',
    as: 'ada',
    at: below('/tokens'),
    before: (page) =>
      page.route('**/v1/orgs/*/tokens', (route) =>
        route.fulfill({
          status: 422,
          json: {
            error: 'Something in the request is wrong',
            code: 'invalid_input',
            fields: [{ path: 'label', message: 'is taken' }],
          },
        }),
      ),
    act: opens('New token', async (dialog) => {
      await dialog.getByLabel('Label').fill('laptop');
      await dialog.getByRole('button', { name: 'Create token' }).click();
      await expect(dialog.getByRole('alert')).toBeVisible();
    }),
  },
  {
    name: 'new-token-secret',
    as: 'ada',
    at: below('/tokens'),
    act: opens('New token', async (dialog) => {
      await dialog.getByLabel('Label').fill('notebook');
      await dialog.getByRole('button', { name: 'Create token' }).click();
      await expect(dialog.getByText(/^pds_/).first()).toBeVisible();
    }),
  },
  { name: 'rotate-token', as: 'ada', at: below('/tokens'), act: opens(/^Rotate the token ci-runner/) },
  { name: 'end-old-secret', as: 'ada', at: below('/tokens'), act: opens(/^End now/) },
  { name: 'revoke-token', as: 'ada', at: below('/tokens'), act: opens(/^Revoke the token laptop/) },
];

const READING: Scene[] = [
  { name: 'audit', as: 'ada', at: below('/audit'), act: settled },
  {
    name: 'audit-row-open',
    as: 'ada',
    at: below('/audit?action=org.renamed'),
    act: async (page) => {
      await page
        .getByRole('button', { name: /^Details of/ })
        .first()
        .click();
      await page.getByRole('button', { name: 'Verify chain' }).click();
      await expect(page.getByText(/^Chain verified/)).toBeVisible();
    },
  },
  { name: 'audit-nothing-found', as: 'ada', at: below('/audit?target=nothing-of-this-name'), act: settled },
  { name: 'observability', as: 'ada', at: below('/observability?range=7d'), act: charts },
  {
    name: 'observability-numbers',
    as: 'ada',
    at: below('/observability?range=7d&compare=1'),
    act: async (page) => {
      await charts(page);
      await page.getByText('Numbers', { exact: true }).first().click();
    },
  },
  { name: 'usage', as: 'ada', at: below('/usage'), act: charts },
];

const SETTINGS: Scene[] = [
  { name: 'settings', as: 'ada', at: below('/settings') },
  { name: 'settings-member', as: 'alan', at: below('/settings') },
  {
    name: 'settings-wrong-domain',
    as: 'ada',
    at: below('/settings'),
    act: async (page) => {
      await page.getByLabel('E-mail domains').fill('not a domain');
      const rules = page.locator('form', { has: page.getByRole('heading', { name: 'Invitations' }) });
      await rules.getByRole('button', { name: 'Save' }).click();
      await expect(page.getByText(/is not a domain/)).toBeVisible();
    },
  },
  { name: 'transfer', as: 'ada', at: below('/settings'), act: opens('Transfer…') },
  {
    name: 'delete-organization-typed-wrong',
    as: 'ada',
    at: below('/settings'),
    act: opens('Delete…', async (dialog) => {
      await dialog.getByRole('textbox').fill('acme-rese');
      await expect(dialog.getByRole('button', { name: 'Delete the organization' })).toBeDisabled();
    }),
  },
  { name: 'doctor', as: 'ada', at: '/admin/doctor', act: settled },
  { name: 'agents', as: 'ada', at: '/admin/agents' },
];

export const ORG_SCENES: Scene[] = [...OVERVIEW, ...PEOPLE, ...TOKENS, ...READING, ...SETTINGS];
