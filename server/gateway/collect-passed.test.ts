import { expect, test } from 'vitest';
import { countPassed } from './collect-passed';

const PIECE_BYTES = 64 * 1024;
const PIECES = 8 * 1024;
const MEGABYTE = 1024 * 1024;

test('pieces of a body that have gone through are let go of long before V8 would have looked', async () => {
  expect(await mostHeld(countPassed)).toBeLessThan(48);
  expect(await mostHeld(() => {})).toBeGreaterThan(48);
});

/** The most megabytes of buffers that stood at one time while half a gigabyte went by, a piece at a time. */
async function mostHeld(count: (bytes: number) => void): Promise<number> {
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  for (let piece = 0; piece < PIECES; piece++) {
    count(Buffer.allocUnsafeSlow(PIECE_BYTES).length);
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    await new Promise(setImmediate);
  }
  return most / MEGABYTE;
}
