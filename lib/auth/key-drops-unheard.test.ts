import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testDatabase } from '@/e2e/support/test-database';
import { setConfig, signHs256, TEST_SECRET } from '@/e2e/support/test-project';
import { dropKeysEverywhere, watchKeyDrops } from './key-drops';
import { keySets, stateOf } from './key-set-state';

// A transaction pooler: it takes the LISTEN, or refuses it, and delivers nothing either way.
const pooler = vi.hoisted(() => ({ listen: async (): Promise<() => Promise<void>> => async () => {} }));
vi.mock('@/db/postgres', async (original) => ({
  ...(await original<typeof import('@/db/postgres')>()),
  listenTo: () => pooler.listen(),
}));

beforeAll(testDatabase);
beforeAll(() => {
  const anonKey = signHs256({ iss: 'supabase', role: 'anon', iat: 1, exp: 4_000_000_000 });
  setConfig({ SUPABASE_URL: 'http://127.0.0.1:9', SUPABASE_ANON_KEY: anonKey, SUPABASE_JWT_SECRET: TEST_SECRET });
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['delivers nothing', async () => async () => {}],
  ['refuses to listen', async () => Promise.reject(new Error('unsupported'))],
])('behind a pooler that %s, a replica looks every 15 seconds', async (_title, listen) => {
  pooler.listen = listen;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const end = await watchKeyDrops();
  stateOf('http://keys.example/jwks.json');
  await dropKeysEverywhere();
  vi.advanceTimersByTime(14_999);
  expect(keySets().states.size).toBe(1);
  vi.advanceTimersByTime(1);
  vi.useRealTimers();
  await vi.waitFor(() => expect(keySets().states.size).toBe(0), { timeout: 5_000, interval: 5 });
  await end();
});
