import { Agent, type IncomingMessage, type RequestOptions, request } from 'node:http';
import { middle } from '../measure';

export interface Endpoint {
  /** Of the server, without a path. */
  url: string;
  path: string;
  credential: string;
}

const keepAlive = new Agent({ keepAlive: true });

/** The middle of many calls one after the other over one connection, in milliseconds with fractions. */
export async function latencyMs(endpoint: Endpoint, calls: number): Promise<number> {
  return medianOf(calls, async () => {
    const startedAt = performance.now();
    const answer = await open(endpoint, { agent: keepAlive });
    for await (const _ of answer);
    return performance.now() - startedAt;
  });
}

/** The middle time from a call to the first byte of its stream, in milliseconds. */
export async function firstByteMs(endpoint: Endpoint, streams: number): Promise<number> {
  return medianOf(streams, async () => {
    const startedAt = performance.now();
    const answer = await open(endpoint, { agent: keepAlive });
    await new Promise((first) => answer.once('data', first));
    const took = performance.now() - startedAt;
    answer.destroy();
    return took;
  });
}

/** A call whose answer has begun. Throws when it is no success: a fast refusal is no result. */
export function open(
  { url, path, credential }: Endpoint,
  options: RequestOptions = {},
  body?: (write: NodeJS.WritableStream) => void,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${credential}`, ...options.headers };
    const asked = request(`${url}${path}`, { ...options, headers }, (answer) => {
      if (answer.statusCode === 200) resolve(answer);
      else reject(new Error(`${path} answered ${answer.statusCode}`));
    });
    asked.on('error', reject);
    if (body) body(asked);
    else asked.end();
  });
}

async function medianOf(times: number, once: () => Promise<number>): Promise<number> {
  const results: number[] = [];
  for (let done = 0; done < times; done++) results.push(await once());
  return middle(results);
}
