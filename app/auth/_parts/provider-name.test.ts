import { expect, test } from 'vitest';
import { providerName } from './provider-name';

test.each([
  ['github', 'GitHub'],
  ['sso:0b9d60c3-1c5e-4a3a-9d0e-2f1d3c4b5a69', 'Single sign-on'],
  ['linkedin_oidc', 'LinkedIn'],
  ['custom:acme-id', 'Acme id'],
  ['constructor', 'Constructor'],
])('%s is called %s', (provider, name) => {
  expect(providerName(provider)).toBe(name);
});
