import { expect, test } from 'vitest';
import type { OrgAccess } from '@/lib/access/org-access';
import { countOpenCalls, endOpenCalls, watchCall } from './open-calls';

const access = { actor: { type: 'token', tokenId: 'a' }, orgId: 'o' } as OrgAccess<'sandboxes:use'>;

test('a call is open until it is forgotten, in whatever order and however often', () => {
  const ended: number[] = [];
  const forget = Array.from({ length: 5 }, (_, call) => watchCall({ access, end: () => ended.push(call) }));
  for (const call of [1, 4, 1, 0, 4]) forget[call]?.();
  expect(countOpenCalls()).toBe(2);
  endOpenCalls();
  expect(ended.sort()).toEqual([2, 3]);
  for (const call of [2, 3]) forget[call]?.();
  expect(countOpenCalls()).toBe(0);
});

test('each call hears its end although ending one forgets it', () => {
  const ended: number[] = [];
  const forget: (() => void)[] = [];
  for (const call of [0, 1, 2]) {
    forget.push(
      watchCall({
        access,
        end: () => {
          ended.push(call);
          forget[call]?.();
        },
      }),
    );
  }
  endOpenCalls();
  expect(ended.sort()).toEqual([0, 1, 2]);
  expect(countOpenCalls()).toBe(0);
});
