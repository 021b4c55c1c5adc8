import { expect, test } from 'vitest';
import { loadConfig } from '@/lib/config';
import { generateSecrets } from './generate-secrets';

const { JWT_SECRET, ANON_KEY, SERVICE_ROLE_KEY, METRICS_TOKEN } = generateSecrets();
const project = {
  PANDASTACK_AUTH_MODE: 'supabase',
  PANDASTACK_DASHBOARD_URL: 'http://localhost',
  PANDASTACK_METRICS_TOKEN: METRICS_TOKEN,
  SUPABASE_URL: 'http://gateway:8080',
  SUPABASE_ANON_KEY: ANON_KEY,
  SUPABASE_SERVICE_ROLE_KEY: SERVICE_ROLE_KEY,
  SUPABASE_JWT_SECRET: JWT_SECRET,
};

test('the keys it makes belong to the secret it makes, as the checks at start see it', () => {
  expect(() => loadConfig(project)).not.toThrow();
  expect(() => loadConfig({ ...project, SUPABASE_JWT_SECRET: generateSecrets().JWT_SECRET })).toThrow('SUPABASE_JWT_SECRET');
  expect(() => loadConfig({ ...project, SUPABASE_ANON_KEY: SERVICE_ROLE_KEY })).toThrow('SUPABASE_ANON_KEY');
});

test('no two installations and no two names share a secret, and none needs an escape', () => {
  const values = [...Object.values(generateSecrets()), ...Object.values(generateSecrets())];
  expect(new Set(values).size).toBe(values.length);
  for (const value of values) expect(value).toMatch(/^[\w.-]{64,}$/);
});
