import { expect, test } from 'vitest';
import { domainProblem } from './domain-problem';

test('a refusal names the domain it is about', () => {
  const field = { path: 'allowed_email_domains.1', message: 'is not a domain' };
  expect(domainProblem([field], ['acme.io', 'com'])).toBe('“com” is not a domain');
  expect(domainProblem([{ ...field, path: 'allowed_email_domains' }], [])).toBe('The list is not a domain');
  expect(domainProblem([{ ...field, path: 'name' }], [])).toBeUndefined();
});
