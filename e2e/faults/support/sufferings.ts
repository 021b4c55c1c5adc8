import { existsSync } from 'node:fs';
import process from 'node:process';

/** Loaded into a process before the product (--import), to do to it what happens to processes. Node reads it as it is. */
type Suffering = { clockMs: number } | { blockUntil: string } | { forget: 'a promise' } | { throw: 'an exception' };

const NAP_MS = 20;
const SystemDate = Date;
let offsetMs = Number(process.env.CLOCK_OFFSET_MS ?? 0);
const now = () => SystemDate.now() + offsetMs;

/** The clock on the wall; timers and performance.now() go on as they did. */
globalThis.Date = new Proxy(SystemDate, {
  construct: (target, given) => Reflect.construct(target, given.length > 0 ? given : [now()]),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

process.on('message', (suffering: Suffering) => {
  if ('clockMs' in suffering) offsetMs = suffering.clockMs;
  if ('blockUntil' in suffering) blockUntil(suffering.blockUntil);
  if ('forget' in suffering) void Promise.reject(new Error('a promise that nobody waits for'));
  if ('throw' in suffering) {
    setImmediate(() => {
      throw new Error('an exception that nobody catches');
    });
  }
  process.send?.({ suffered: true });
});

/** Holds the one thread until a file is there. */
function blockUntil(file: string): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(file)) Atomics.wait(clock, 0, 0, NAP_MS);
}
