import { expect, test } from 'vitest';
import { providerName } from './provider-names';

test.each([
  ['github', 'GitHub'],
  ['linkedin_oidc', 'LinkedIn'],
  ['custom:acme-id', 'Acme id'],
  ['constructor', 'Constructor'],
])('%s is called %s', (provider, name) => {
  expect(providerName(provider)).toBe(name);
});
