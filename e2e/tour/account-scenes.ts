import { expect } from '@playwright/test';
import { startedEnrolment } from '../support/authenticator';
import { opens, type Scene } from './scene';

export const ACCOUNT_SCENES: Scene[] = [
  { name: 'account', as: 'ada', at: '/account' },
  {
    name: 'account-same-address',
    as: 'ada',
    at: '/account',
    act: async (page) => {
      await page.getByLabel('New address').fill('ada@acme.example');
      await expect(page.getByText('That is your address already')).toBeVisible();
    },
  },
  { name: 'account-security', as: 'ada', at: '/account/security' },
  {
    name: 'account-weak-password',
    as: 'ada',
    at: '/account/security',
    act: async (page) => {
      await page.getByLabel('New password').fill('abc');
      await page.getByRole('button', { name: 'Save the password' }).click();
      await expect(page.getByText('That password is too easy to guess')).toBeVisible();
    },
  },
  { name: 'new-authenticator', as: 'ada', at: '/account/security', act: opens('Add an authenticator') },
  {
    name: 'new-authenticator-code',
    as: 'ada',
    at: '/account/security',
    act: opens('Add an authenticator', (_dialog, page) => startedEnrolment(page)),
  },
  { name: 'account-sessions', as: 'ada', at: '/account/sessions' },
  { name: 'mfa-enrol', as: 'grace', at: '/mfa' },
];
