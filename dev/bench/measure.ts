import autocannon from 'autocannon';

const CONNECTIONS = 32;

export interface Target {
  url: string;
  credential?: string;
}

export interface Figures {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
}

/** One round of load. Throws when an answer is not 200: a fast refusal is no result. */
export async function measure({ url, credential }: Target, seconds: number): Promise<Figures> {
  const headers = credential ? { authorization: `Bearer ${credential}` } : {};
  const result = await autocannon({ url, headers, connections: CONNECTIONS, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors`);
  return { perSecond: result.requests.average, p50Ms: result.latency.p50, p99Ms: result.latency.p99 };
}

/** The middle of several rounds, figure by figure. */
export function median(rounds: Figures[]): Figures {
  const middle = (pick: (figures: Figures) => number) =>
    rounds.map(pick).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? 0;
  return { perSecond: middle((f) => f.perSecond), p50Ms: middle((f) => f.p50Ms), p99Ms: middle((f) => f.p99Ms) };
}
