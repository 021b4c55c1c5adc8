import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { TestProject } from './test-project';

export type SigningKey = TestProject['keys']['k1' | 'k2'] & { jwk: JWK };

/** A place that publishes keys, and says what the test wants instead. */
export interface KeyServer {
  url: string;
  requests: () => number;
  /** What it publishes from now on. */
  publish: (keys: unknown[]) => void;
  /** What it answers from now on, whatever that is. */
  answer: (script: (response: ServerResponse) => void) => void;
  close: () => Promise<void>;
}

export async function startKeyServer(keys: unknown[] = []): Promise<KeyServer> {
  let requests = 0;
  const json = (body: unknown) => (response: ServerResponse) =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  let script: (response: ServerResponse) => void = json({ keys });
  const server = createServer((_request, response) => {
    requests++;
    script(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    requests: () => requests,
    publish: (published) => {
      script = json({ keys: published });
    },
    answer: (next) => {
      script = next;
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A new key and its public half as a set lists it. */
export async function newSigningKey(alg: 'ES256' | 'RS256', kid?: string): Promise<SigningKey> {
  const pair = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(pair.publicKey)), alg, use: 'sig', key_ops: ['verify'], ...(kid ? { kid } : {}) };
  return { alg, ...pair, jwk };
}
