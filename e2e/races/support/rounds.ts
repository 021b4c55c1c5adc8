import { randomInt } from 'node:crypto';
import process from 'node:process';

/** Rounds of each case in `npm test`; `npm run test:races -- --rounds 200` is the long form. */
const FEW_ROUNDS = 2;

/** Of the history beside the model in `npm test`; `--steps` sets them. */
const FEW_STEPS = 600;
/** Of the mix of everything in `npm test`; `--minutes` sets them. */
const FEW_MINUTES = 0.1;

const { RACES_ROUNDS, RACES_STEPS, RACES_MINUTES, RACES_SEED } = process.env;
export const ROUNDS = Number(RACES_ROUNDS ?? FEW_ROUNDS);
export const STEPS = Number(RACES_STEPS ?? FEW_STEPS);
export const MINUTES = Number(RACES_MINUTES ?? FEW_MINUTES);
/** Decides what is random in a run; the interleaving of two processes is chance all the same. */
export const SEED = RACES_SEED === undefined ? randomInt(2 ** 31) : Number(RACES_SEED);

interface Rounds {
  /** So many times ROUNDS in the long form. */
  times?: number;
  /** So many rounds in the short form. */
  short?: number;
  /** Side by side, so that latency does not idle. */
  abreast?: number;
}

/** Plays a case round by round. A failure names its round. */
export async function rounds(
  play: (round: number) => Promise<void>,
  { times = 1, short = ROUNDS, abreast = 4 }: Rounds = {},
): Promise<void> {
  let next = 0;
  const last = RACES_ROUNDS === undefined ? short : ROUNDS * times;
  const runner = async () => {
    while (next < last) {
      const round = next++;
      try {
        await play(round);
      } catch (error) {
        next = last;
        throw new Error(`round ${round} of ${last}, seed ${SEED}`, { cause: error });
      }
    }
  };
  await Promise.all(Array.from({ length: abreast }, runner));
}

/** Numbers in [0, 1) that a seed gives again (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
