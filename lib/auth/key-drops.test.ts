import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '@/e2e/support/test-database';
import { setConfig, signHs256, TEST_SECRET } from '@/e2e/support/test-project';
import { dropKeysEverywhere, watchKeyDrops } from './key-drops';
import { keySets, stateOf } from './key-set-state';

beforeAll(testDatabase);
beforeAll(() => {
  const anonKey = signHs256({ iss: 'supabase', role: 'anon', iat: 1, exp: 4_000_000_000 });
  setConfig({ SUPABASE_URL: 'http://127.0.0.1:9', SUPABASE_ANON_KEY: anonKey, SUPABASE_JWT_SECRET: TEST_SECRET });
});
let end: (() => Promise<void>) | undefined;
afterEach(async () => {
  await end?.();
  end = undefined;
});

test('a replica that listens forgets its keys as soon as an operator says so, each time', async () => {
  end = await watchKeyDrops();
  for (let round = 0; round < 3; round++) {
    stateOf('http://keys.example/jwks.json');
    await dropKeysEverywhere();
    await vi.waitFor(() => expect(keySets().states.size).toBe(0), { timeout: 5_000, interval: 5 });
  }
});

test('a drop of long ago drops nothing at the next start', async () => {
  await dropKeysEverywhere();
  stateOf('http://keys.example/jwks.json');
  end = await watchKeyDrops();
  await dropKeysEverywhere();
  await vi.waitFor(() => expect(keySets().states.size).toBe(0), { timeout: 5_000, interval: 5 });
  stateOf('http://keys.example/jwks.json');
  await end();
  end = await watchKeyDrops();
  expect(keySets().states.size).toBe(1);
});
