import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { localSettings } from './local-settings';

test('B21 the environment counts where .env says otherwise, and what it overrules is told by name alone', () => {
  const root = mkdtempSync(join(tmpdir(), 'pandastack-env-'));
  const names = ['PANDASTACK_SIGNUP', 'PANDASTACK_MAIL_FROM', 'PANDASTACK_INVITE_DAYS', 'PORT'];
  for (const name of names) vi.stubEnv(name, undefined);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true, force: true });
  });
  vi.stubEnv('PANDASTACK_SIGNUP', 'closed');
  vi.stubEnv('PANDASTACK_INVITE_DAYS', '3');
  const written = ['PANDASTACK_SIGNUP=open', 'PANDASTACK_MAIL_FROM="Panda <panda@example.com>"', 'PANDASTACK_INVITE_DAYS=3'];
  writeFileSync(join(root, '.env'), written.join('\n'));
  const { env, overruled } = localSettings(root);
  expect(env).toMatchObject({
    PANDASTACK_SIGNUP: 'closed',
    PANDASTACK_MAIL_FROM: 'Panda <panda@example.com>',
    PANDASTACK_INVITE_DAYS: '3',
  });
  expect(overruled).toEqual(['PANDASTACK_SIGNUP']);
  Reflect.deleteProperty(process.env, 'PANDASTACK_MAIL_FROM');
});
