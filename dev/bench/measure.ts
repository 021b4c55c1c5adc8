import autocannon from 'autocannon';

const CONNECTIONS = 32;

export interface Target {
  url: string;
  credential?: string;
}

interface Figures {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** One round of load. Throws when an answer is not 200: a fast refusal is no result. */
async function measure({ url, credential }: Target, seconds: number): Promise<Figures> {
  const headers = credential ? { authorization: `Bearer ${credential}` } : {};
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors`);
  return { perSecond: result.requests.average, p50Ms: result.latency.p50, p99Ms: result.latency.p99 };
}

interface Comparison {
  title: string;
  product: Target;
  bare: Target;
  rounds: number;
  /** How long a round lasts. */
  seconds: number;
  warmUpSeconds: number;
}

/** The head of the lines of `compare`. */
export function announce(what: string, bare: string): void {
  console.log(`\n${what.padEnd(24)}${'product'.padStart(26)}${bare.padStart(26)}   ratio (of the rounds)`);
}

/**
 * Product and bare server in turns, and a line of their middle figures. The ratio is the middle one of the rounds'
 * ratios: a slow moment of the machine meets both sides of a round, but not the middle round of each side.
 */
export async function compare({ title, product, bare, rounds, seconds, warmUpSeconds }: Comparison): Promise<void> {
  await measure(product, warmUpSeconds);
  await measure(bare, warmUpSeconds);
  const pairs: { ours: Figures; theirs: Figures }[] = [];
  for (let round = 0; round < rounds; round++) {
    const theirs = await measure(bare, seconds);
    pairs.push({ theirs, ours: await measure(product, seconds) });
  }
  const ratios = pairs.map(({ ours, theirs }) => ours.perSecond / theirs.perSecond);
  const range = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2)).join('–');
  const sides = [pairs.map(({ ours }) => ours), pairs.map(({ theirs }) => theirs)].map(cell).join('');
  console.log(`${title.padEnd(24)}${sides}   ${middle(ratios).toFixed(2)} (${range})`);
}

function cell(figures: Figures[]): string {
  const of = (pick: (round: Figures) => number) => middle(figures.map(pick));
  return `${Math.round(of((f) => f.perSecond))} (p50 ${of((f) => f.p50Ms)}, p99 ${of((f) => f.p99Ms)} ms)`.padStart(26);
}

/** The middle one of some numbers. */
export function middle(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
