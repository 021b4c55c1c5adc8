import { expect, test } from 'vitest';
import { shareLook } from './share-look';

/** Looks that end when the test says so; each tells how many had begun when it began. */
function slowLooks() {
  const share = shareLook<number>();
  const ends: ((error?: Error) => void)[] = [];
  let begun = 0;
  const look = () => {
    const mine = ++begun;
    return new Promise<number>((resolve, reject) => ends.push((error) => (error ? reject(error) : resolve(mine))));
  };
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  return { ask: (key = 'a') => share(key, look), ends, begun: () => begun, settle };
}

test('whoever asks while a look is under way is answered by the next one, all of them by the same', async () => {
  const { ask, ends, begun, settle } = slowLooks();
  const first = ask();
  const later = [ask(), ask(), ask()];
  expect(begun()).toBe(1);
  ends[0]?.();
  expect(await first).toBe(1);
  await settle();
  expect(begun()).toBe(2);
  const last = ask();
  ends[1]?.();
  expect(await Promise.all(later)).toEqual([2, 2, 2]);
  await settle();
  ends[2]?.();
  expect(await last).toBe(3);
});

test('different questions wait for nobody', async () => {
  const { ask, ends, begun } = slowLooks();
  const both = [ask('a'), ask('b')];
  expect(begun()).toBe(2);
  for (const end of ends) end();
  expect(await Promise.all(both)).toEqual([1, 2]);
});

test('a look that fails is told to those who share it alone', async () => {
  const { ask, ends, settle } = slowLooks();
  const first = ask();
  const second = ask();
  ends[0]?.(new Error('away'));
  await expect(first).rejects.toThrow('away');
  await settle();
  ends[1]?.();
  expect(await second).toBe(2);
  await settle();
  const third = ask();
  ends[2]?.();
  expect(await third).toBe(3);
});
