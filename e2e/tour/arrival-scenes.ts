import { expect, type Page } from '@playwright/test';
import type { Scene } from './scene';

const said = (words: string | RegExp) => (page: Page) => expect(page.getByText(words).first()).toBeVisible();

export const FRESH_SCENES: Scene[] = [
  { name: 'login-fresh-server', as: 'stranger', at: '/login', act: said('Nobody owns this server yet') },
  { name: 'home-before-setup', as: 'ada', at: '/' },
  { name: 'setup', as: 'ada', at: '/setup' },
  {
    name: 'setup-wrong-code',
    as: 'ada',
    at: '/setup',
    act: async (page) => {
      await page.getByLabel('Setup code').fill('AAAA-AAAA-AAAA-AAAA');
      await page.getByLabel('Organization').fill('Acme Research');
      await page.getByRole('button', { name: /create|set up|found|own/i }).click();
      await said('This is not the setup code of this server')(page);
    },
  },
];

const mailLink = (email: string) => async (page: Page) => {
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'E-mail me a sign-in link' }).click();
  await said('Check the mail of')(page);
};

export const SIGN_IN_SCENES: Scene[] = [
  { name: 'login', as: 'stranger', at: '/login' },
  {
    name: 'login-wrong-password',
    as: 'stranger',
    at: '/login',
    act: async (page) => {
      await page.getByLabel('E-mail').fill('ada@acme.example');
      await page.getByLabel('Password').fill('not the password');
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await said('That e-mail and password do not match')(page);
    },
  },
  { name: 'login-check-mail', as: 'stranger', at: '/login', act: mailLink('emmy@acme.example') },
  {
    name: 'login-check-mail-wrong-code',
    as: 'stranger',
    at: '/login',
    act: async (page) => {
      await mailLink('grace@acme.example')(page);
      await page.getByLabel('Or enter the code from the mail').fill('000000');
      await page.getByRole('button', { name: 'Sign in with the code' }).click();
      await said('That code is wrong or too old')(page);
    },
  },
  ...['session_ended', 'signed_out', 'banned', 'password_changed'].map(
    (reason): Scene => ({ name: `login-${reason.replace('_', '-')}`, as: 'stranger', at: `/login?reason=${reason}` }),
  ),
  { name: 'signup', as: 'stranger', at: '/signup' },
  {
    name: 'signup-weak-password',
    as: 'stranger',
    at: '/signup',
    act: async (page) => {
      await page.getByLabel('E-mail').fill('lise@acme.example');
      await page.getByLabel('Password').fill('abc');
      await page.getByRole('button', { name: 'Create the account' }).click();
      await expect(page.getByRole('alert').first()).toBeVisible();
    },
  },
  { name: 'forgot-password', as: 'stranger', at: '/auth/forgot' },
  { name: 'confirm-link', as: 'stranger', at: '/auth/confirm?token_hash=abc&type=email' },
  { name: 'link-expired', as: 'stranger', at: '/auth/error?reason=expired' },
  { name: 'sign-in-cancelled', as: 'stranger', at: '/auth/error?reason=denied' },
  { name: 'not-found', as: 'ada', at: '/nowhere' },
  { name: 'setup-closed', as: 'stranger', at: '/setup' },
  { name: 'home-no-organization', as: 'emmy', at: '/' },
  { name: 'home-invited', as: 'kurt', at: '/' },
  { name: 'new-organization', as: 'ada', at: '/orgs/new' },
];

export const INVITE_SCENES: Scene[] = [
  { name: 'invite', as: 'stranger', at: ({ invites }) => `/invite/${invites.open}` },
  {
    name: 'login-invited',
    as: 'stranger',
    at: ({ invites }) => `/invite/${invites.open}`,
    act: async (page) => {
      await page.getByRole('button', { name: 'Sign in to accept' }).click();
      await expect(page.getByRole('heading', { name: 'Sign in to join Acme Research' })).toBeVisible();
    },
  },
  {
    name: 'signup-invited',
    as: 'stranger',
    at: ({ invites }) => `/invite/${invites.open}`,
    act: async (page) => {
      await page.getByRole('button', { name: 'Create an account' }).click();
      await expect(page.getByRole('heading', { name: 'Create an account to join Acme Research' })).toBeVisible();
    },
  },
  { name: 'invite-signed-in', as: 'kurt', at: ({ invites }) => `/invite/${invites.open}` },
  {
    name: 'invite-not-answered',
    as: 'kurt',
    at: ({ invites }) => `/invite/${invites.open}`,
    before: (page) => page.route('**/accept', (route) => route.fulfill({ status: 503, json: {} })),
    act: async (page) => {
      await page.getByRole('button', { name: 'Join Acme Research' }).click();
      await expect(page.getByRole('alert').first()).toBeVisible();
    },
  },
  { name: 'invite-wrong-account', as: 'emmy', at: ({ invites }) => `/invite/${invites.open}` },
  { name: 'invite-member-already', as: 'alan', at: ({ invites }) => `/invite/${invites.used}` },
  ...(['expired', 'revoked', 'declined', 'used'] as const).map(
    (state): Scene => ({ name: `invite-${state}`, as: 'stranger', at: ({ invites }) => `/invite/${invites[state]}` }),
  ),
  { name: 'invite-unknown', as: 'stranger', at: '/invite/nobody-knows-this-one' },
];
