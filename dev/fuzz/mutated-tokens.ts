import { createHmac, type KeyObject, sign } from 'node:crypto';

export interface Signer {
  secret: string;
  keys: readonly { kid: string; alg: 'ES256' | 'RS256'; privateKey: KeyObject; publicPem: string }[];
  issuer: string;
  now: number;
}

type Random = () => number;

/** A small seeded generator (mulberry32): the same seed makes the same tokens. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Tokens near the border between right and wrong: about a third of them are left right. */
export function mutatedTokens(signer: Signer, random: Random): () => string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const uuid = () => '00000000-0000-4000-8000-'.replace(/[08]/g, () => Math.floor(random() * 16).toString(16)) + hex(12);
  const hex = (length: number) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  const { now, issuer } = signer;

  const claimValues: Record<string, readonly unknown[]> = {
    iss: [
      undefined,
      '',
      `${issuer}/`,
      issuer.toUpperCase(),
      [issuer],
      'https://evil.example/auth/v1',
      null,
      7,
      `${issuer}.evil.example`,
    ],
    aud: [
      undefined,
      'anon',
      '',
      ['authenticated'],
      ['authenticated', 'other'],
      ['other'],
      [],
      null,
      'Authenticated',
      { 0: 'authenticated' },
    ],
    exp: [
      undefined,
      now - 1,
      now - 29,
      now - 31,
      now - 30,
      now + 1,
      String(now + 60),
      now + 59.5,
      -1,
      null,
      1e308,
      2 ** 53,
      now + 604_800,
      now + 700_000,
      true,
      [now + 60],
    ],
    iat: [undefined, now + 29, now + 31, now + 30, now + 3600, String(now), null, -1, 0, now - 604_800, 1.5, {}],
    nbf: [now, now + 29, now + 31, now + 3600, 'soon', null, -1, now + 30],
    sub: [
      undefined,
      '',
      'x',
      '00000000-0000-0000-0000-000000000000',
      hex(32),
      uuid().toUpperCase(),
      `{${uuid()}}`,
      null,
      [uuid()],
      ` ${uuid()}`,
      `${uuid()}\n`,
    ],
    session_id: [undefined, '', 'x', null, 7, uuid().toUpperCase(), '00000000-0000-0000-0000-000000000000'],
    role: [undefined, '', 'anon', 'service_role', 'supabase_admin', 'Authenticated', null, ['authenticated'], 'authenticated '],
    client_id: ['app', null, '', 0, false],
    is_anonymous: [true, 'true', 1, null, false],
    email: ['', null, 7, { a: 1 }],
    aal: ['aal2', 'aal9', null, 2],
    app_metadata: [undefined, null, 'x', []],
    amr: [undefined, ['password'], 'x', null],
    user_metadata: [{ role: 'owner', sub: 'other' }, { ['__proto__']: { x: 1 } }, null],
  };
  const headerValues: Record<string, readonly unknown[]> = {
    alg: [
      'none',
      'None',
      'HS384',
      'HS512',
      'hs256',
      'RS512',
      'PS256',
      'ES384',
      'EdDSA',
      '',
      null,
      7,
      undefined,
      ['HS256'],
      'ES256',
      'RS256',
      'HS256',
    ],
    typ: [undefined, 'jwt', 'at+jwt', 'application/jwt', 'JOSE', 'logout+jwt', '', null, 1],
    kid: [undefined, 'k1', 'k2', 'unknown', '', '../k1', null, 7, ['k1']],
    cty: ['JWT', '', null],
    zip: ['DEF', ''],
    crit: [['exp'], [], ['b64'], 'x'],
    b64: [false, true],
    jku: ['http://127.0.0.1:9/jwks.json'],
    jwk: [{ kty: 'oct', k: 'AAAA' }],
    x5c: [['AAAA']],
  };

  const claims = (): Record<string, unknown> => ({
    iss: issuer,
    sub: uuid(),
    aud: 'authenticated',
    iat: now - 5,
    exp: now + 3600,
    email: 'ada@example.com',
    phone: '',
    role: 'authenticated',
    aal: 'aal1',
    amr: [{ method: 'password', timestamp: now }],
    session_id: uuid(),
    is_anonymous: false,
    app_metadata: {},
    user_metadata: {},
  });
  const mutate = (target: Record<string, unknown>, values: Record<string, readonly unknown[]>) => {
    const name = pick(Object.keys(values));
    const value = pick(values[name] ?? []);
    if (value === undefined) delete target[name];
    else Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  };
  const encode = (text: string) => Buffer.from(text).toString('base64url');

  function payloadText(): string {
    if (random() < 0.02) return pick(['[]', '"x"', 'null', '7', 'true', '{', '', '{}', '\ufeff{}', '{"a":1}trailing']);
    const body = claims();
    for (let count = pick([0, 0, 1, 1, 2]); count > 0; count--) mutate(body, claimValues);
    const text = JSON.stringify(body);
    // Twice the same name: the last one counts, for both judges.
    return random() < 0.03
      ? `${text.slice(0, -1)},"${pick(['sub', 'iss', 'exp', 'role'])}":${pick(['"x"', String(now + 60), `"${issuer}"`])}}`
      : text;
  }

  function signedBy(alg: unknown, head: string, body: string): string {
    const input = `${head}.${body}`;
    const key = signer.keys.find((one) => one.alg === alg) ?? pick(signer.keys);
    const hmac = (secret: string, digest = 'sha256') => createHmac(digest, secret).update(input).digest();
    const asymmetric = () => sign('sha256', Buffer.from(input), { key: key.privateKey, dsaEncoding: 'ieee-p1363' });
    if (random() < 0.08)
      return pick([
        () => '',
        () => hmac('').toString('base64url'),
        () => hmac(key.publicPem).toString('base64url'),
        () => hmac(signer.secret, 'sha512').toString('base64url'),
        () => Buffer.alloc(64).toString('base64url'),
        () => hmac(`${signer.secret}\n`).toString('base64url'),
      ])();
    return (alg === 'ES256' || alg === 'RS256' ? asymmetric() : hmac(signer.secret)).toString('base64url');
  }

  function bend(token: string): string {
    const at = Math.floor(random() * token.length);
    const bits = () => {
      const cut = token.lastIndexOf('.') + 1;
      const bytes = Buffer.from(token.slice(cut), 'base64url');
      if (bytes.length > 0) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ (1 << (at & 7));
      return token.slice(0, cut) + bytes.toString('base64url');
    };
    return pick([
      bits,
      () => token.slice(0, at) + pick([...'AZaz09_-+/=. \n\u2024']) + token.slice(at + 1),
      () => token.slice(0, at) + token.slice(at + 1),
      () => token.slice(0, token.lastIndexOf('.') + 1),
      () => token.slice(0, token.lastIndexOf('.')),
      () => `${token}.`,
      () => `${token}=`,
      () => `.${token}`,
      () => token.replace('.', '..'),
      () => `${token}.${hex(8)}`,
    ])();
  }

  return () => {
    const alg = pick(['HS256', 'HS256', 'HS256', 'HS256', 'HS256', 'HS256', 'ES256', 'RS256']);
    const header: Record<string, unknown> = {
      alg,
      typ: 'JWT',
      ...(alg === 'ES256' ? { kid: 'k1' } : alg === 'RS256' ? { kid: 'k2' } : {}),
    };
    if (random() < 0.3) mutate(header, headerValues);
    const headText = JSON.stringify(header);
    const head = encode(random() < 0.02 ? headText.replace('{', `{"alg":"${pick(['none', 'HS256'])}",`) : headText);
    const body = encode(payloadText());
    const token = `${head}.${body}.${signedBy(random() < 0.9 ? header.alg : alg, head, body)}`;
    return random() < 0.2 ? bend(token) : token;
  };
}
