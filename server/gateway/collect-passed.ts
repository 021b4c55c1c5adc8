import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** As many bytes as may lie about, read and written, before V8 is asked to let go of them. */
const COLLECT_EVERY_BYTES = 16 * 1024 * 1024;

let passed = 0;
let collectYoung: ((options: { type: 'minor' }) => void) | undefined;

/**
 * Counts a piece of a body on its way through. Each piece is a buffer outside V8's heap of which V8 sees only
 * the small object that holds it: left alone it collects after some 64 MB of them, however long dead they are.
 * A collection of the young generation frees them, and costs little: what it looks through is young too.
 */
export function countPassed(bytes: number): void {
  passed += bytes;
  if (passed < COLLECT_EVERY_BYTES) return;
  passed = 0;
  collectYoung ??= youngCollector();
  collectYoung({ type: 'minor' });
}

/** V8 hands out its collector by a flag alone, which Node sets at run time for the contexts made after it. */
function youngCollector(): (options: { type: 'minor' }) => void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return collect;
}
