import { beforeEach, expect, test, vi } from 'vitest';
import type { Command } from './command';
import { recentCommands, rememberRecent } from './recent';

const within = { orgId: '1', base: '/orgs/acme', members: true, sandboxes: true };
const page = (href: string): Command => ({
  id: `page ${href}`,
  group: 'pages',
  label: href,
  icon: null,
  effect: { kind: 'open', href },
});
const offered = ['/a', '/b', '/c', '/d', '/e', '/f'].map(page);
const sandbox: Command = { ...page('/orgs/acme/sandboxes/s1'), id: 'sandbox s1', group: 'sandboxes', label: 's1' };
const labels = (...args: Parameters<typeof recentCommands>) => recentCommands(...args).map(({ label }) => label);

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  });
});

test('the five opened last come newest first, each once, for their person alone', () => {
  for (const command of [...offered, page('/b')]) rememberRecent('ada', command);
  expect(labels('ada', offered, within)).toEqual(['/b', '/f', '/e', '/d', '/c']);
  expect(labels('bob', offered, within)).toEqual([]);
});

test('what is no longer offered is not shown', () => {
  rememberRecent('ada', page('/secret'));
  expect(labels('ada', offered, within)).toEqual([]);
});

test('a sandbox is kept for its own organization, and hidden from who may use none', () => {
  rememberRecent('ada', sandbox);
  expect(labels('ada', [], within)).toEqual(['s1']);
  expect(labels('ada', [], { ...within, base: '/orgs/acme-2' })).toEqual([]);
  expect(labels('ada', [], { ...within, sandboxes: false })).toEqual([]);
});

test('addresses of people are not kept, and spoilt storage is none', () => {
  rememberRecent('ada', { ...page('/orgs/acme/members#member-1'), group: 'members', label: 'bob@example.com' });
  expect(localStorage.getItem('pandastack:recent:ada')).toBeNull();
  for (const spoilt of ['{', '{}', '[1,null,{"id":2}]']) {
    localStorage.setItem('pandastack:recent:ada', spoilt);
    expect(labels('ada', offered, within)).toEqual([]);
  }
});
