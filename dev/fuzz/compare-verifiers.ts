import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setConfig } from '@/e2e/support/test-project';
import { verifyAccessToken } from '@/lib/auth/access-token';
import { dropKeys } from '@/lib/auth/drop-keys';
import { asDomainError } from '@/lib/errors';
import { opens } from './independent-verifier';
import { mutatedTokens, type Signer, seeded } from './mutated-tokens';

const SECRET = 'a-secret-that-is-used-by-the-fuzz-alone-0123456789';

export interface Comparison {
  tokens: number;
  accepted: number;
  /** How often the product gave which refusal. */
  refusals: Record<string, number>;
  /** Tokens one judge accepts and the other refuses, or that the product answers with a fault of its own. */
  disagreements: string[];
}

/** Has `count` tokens judged by the product's verifier and by an independent one. The same seed judges the same tokens of new keys. */
export async function compareVerifiers({ seed, count }: { seed: number; count: number }): Promise<Comparison> {
  const keys = makeKeys();
  const set = { keys: keys.map(({ kid, alg, publicKey }) => ({ ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' })) };
  const server = createServer((_request, response) => void response.end(JSON.stringify(set)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  setConfig({ SUPABASE_URL: url, SUPABASE_ANON_KEY: 'sb_publishable_fuzz', SUPABASE_JWT_SECRET: SECRET });
  dropKeys();
  try {
    return await judgeAll({ keys, issuer: `${url}/auth/v1`, next: seeded(seed), count });
  } finally {
    server.close();
  }
}

interface Work {
  keys: ReturnType<typeof makeKeys>;
  issuer: string;
  next: () => number;
  count: number;
}

async function judgeAll({ keys, issuer, next, count }: Work): Promise<Comparison> {
  const result: Comparison = { tokens: count, accepted: 0, refusals: {}, disagreements: [] };
  let now = Math.floor(Date.now() / 1000);
  const signer: Signer = { secret: SECRET, issuer, now, keys };
  let token = mutatedTokens(signer, next);
  for (let i = 0; i < count; i++) {
    // Claims lie seconds from a border, so the generator's clock is set again whenever the real one has moved on.
    if (Math.floor(Date.now() / 1000) !== now) {
      now = Math.floor(Date.now() / 1000);
      token = mutatedTokens({ ...signer, now }, next);
    }
    await judge(token(), { keys, issuer, result });
  }
  return result;
}

async function judge(
  token: string,
  { keys, issuer, result }: Pick<Work, 'keys' | 'issuer'> & { result: Comparison },
): Promise<void> {
  const at = () => ({
    secret: SECRET,
    issuer,
    audience: 'authenticated',
    published: trusted(keys),
    now: Math.floor(Date.now() / 1000),
  });
  const before = opens(token, at());
  const verdict = await verdictOf(token);
  const after = opens(token, at());
  if (verdict === 'accepted') result.accepted += 1;
  else result.refusals[verdict] = (result.refusals[verdict] ?? 0) + 1;
  // Where the second ended while the judges were at work, either answer is right.
  if (before !== after) return;
  const isFault = verdict === 'internal_error' || verdict === 'auth_provider_unavailable';
  if ((verdict === 'accepted') !== before || isFault) result.disagreements.push(`${verdict}, independently ${before}: ${token}`);
}

async function verdictOf(token: string): Promise<string> {
  try {
    await verifyAccessToken(token);
    return 'accepted';
  } catch (error) {
    return asDomainError(error).code;
  }
}

function trusted(keys: ReturnType<typeof makeKeys>) {
  return keys.map(({ kid, alg, publicKey }) => ({ kid, alg, key: publicKey }));
}

function makeKeys() {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return [
    { kid: 'k1', alg: 'ES256' as const, ...withPem(ec) },
    { kid: 'k2', alg: 'RS256' as const, ...withPem(rsa) },
  ];
}

function withPem({ privateKey }: ReturnType<typeof generateKeyPairSync>) {
  const publicKey = createPublicKey(privateKey);
  return { privateKey, publicKey, publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString() };
}
