import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI } from 'jose';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sessionCookie } from '@/e2e/support/scripted-auth-server';
import { tableChecksum } from '@/e2e/support/table-checksum';
import { testDatabase } from '@/e2e/support/test-database';
import { callAs, newOwner, newPerson, type Person } from '@/e2e/support/test-people';
import { ordinaryClaims, signAsymmetric, signHs256, startTestProject, type TestProject } from '@/e2e/support/test-project';
import { sessionCookieName } from '@/lib/supabase/session-cookie-name';
import { authenticatePage } from '../authenticate-page';

let pageCookies: { name: string; value: string }[] = [];
vi.mock('next/headers', () => ({ headers: async () => new Headers(), cookies: async () => ({ getAll: () => pageCookies }) }));

let project: TestProject;
let owner: Person & { org: { id: string } };
let invitation: string;
let attacker: { url: string; requests: () => number; close: () => void };
beforeAll(testDatabase);
beforeAll(async () => {
  project = await startTestProject();
  owner = await newOwner(project);
  const { body } = await owner.call('POST', `/v1/orgs/${owner.org.id}/invites`, { email: 'ada@example.com' });
  invitation = body.token;
  attacker = await startAttacker();
});
afterAll(async () => {
  attacker.close();
  await project.close();
});

/** A server that publishes the attacker's keys to whoever asks, and counts who does. */
async function startAttacker() {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests++;
    response.end('{"keys":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    requests: () => requests,
    close: () => void server.close(),
  };
}

const now = Math.floor(Date.now() / 1000);
const claims = (overrides: Record<string, unknown> = {}) => ordinaryClaims(project.issuer, overrides);
const withClaim = (name: string, value: unknown) => () => signHs256(claims({ [name]: value }));
const withHeader = (header: object, secret?: string) => () => signHs256(claims(), { header, ...(secret ? { secret } : {}) });
const segment = (text: string | Buffer) => Buffer.from(text).toString('base64url');
/** A payload that JSON.stringify would not write, signed with the right secret. */
const withPayload = (text: string | Buffer) => () => {
  const signed = `${segment('{"alg":"HS256","typ":"JWT"}')}.${segment(text)}`;
  return `${signed}.${createHmac('sha256', project.secret).update(signed).digest('base64url')}`;
};
const withHeaderText = (header: string) => () => {
  const signed = `${segment(header)}.${segment(JSON.stringify(claims()))}`;
  return `${signed}.${createHmac('sha256', project.secret).update(signed).digest('base64url')}`;
};
const unsigned = (alg: string) => () => `${segment(JSON.stringify({ alg, typ: 'JWT' }))}.${segment(JSON.stringify(claims()))}.`;
const parts = () => signHs256(claims()).split('.') as [string, string, string];
const ecdsa = async (signature: Buffer) => {
  const token = await signAsymmetric(claims(), project.keys.k1, 'k1');
  return `${token.split('.').slice(0, 2).join('.')}.${signature.toString('base64url')}`;
};
/** A token whose right signature (r, s) is written anew. */
const resigned = async (write: (r: Buffer, s: Buffer) => Buffer) => {
  const [header, payload, signature = ''] = (await signAsymmetric(claims(), project.keys.k1, 'k1')).split('.');
  const bytes = Buffer.from(signature, 'base64url');
  return `${header}.${payload}.${write(bytes.subarray(0, 32), bytes.subarray(32)).toString('base64url')}`;
};
const P256_ORDER = Buffer.from('ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551', 'hex');
const zero = Buffer.alloc(32);
const one = Buffer.concat([Buffer.alloc(31), Buffer.from([1])]);

type Make = () => string | Promise<string>;

const REFUSED: [title: string, status: number, code: string, make: Make][] = [
  ...['none', 'None', 'NONE', 'nOnE'].map((alg): [string, number, string, Make] => [
    `J10 alg ${alg}`,
    401,
    'invalid_token',
    unsigned(alg),
  ]),
  [
    'J12 HS256 keyed with a published key as PEM',
    401,
    'invalid_signature',
    async () => withHeader({ kid: 'k2' }, await exportSPKI(project.keys.k2.publicKey))(),
  ],
  [
    'J12 HS256 keyed with a published key as DER',
    401,
    'invalid_signature',
    async () => {
      const pem = await exportSPKI(project.keys.k2.publicKey);
      const der = Buffer.from(pem.replace(/-----[^-]+-----|\n/g, ''), 'base64');
      return signHs256(claims(), { secret: der, header: { kid: 'k2' } });
    },
  ],
  [
    'J12 HS256 keyed with a published key as JWK',
    401,
    'invalid_signature',
    async () => withHeader({ kid: 'k2' }, JSON.stringify(await exportJWK(project.keys.k2.publicKey)))(),
  ],
  [
    'J12 HS256 keyed with the modulus of a published key',
    401,
    'invalid_signature',
    async () => {
      const { n = '' } = await exportJWK(project.keys.k2.publicKey);
      return signHs256(claims(), { secret: Buffer.from(n, 'base64url'), header: { kid: 'k2' } });
    },
  ],
  [
    'J13 HS256 keyed with the point of a published key',
    401,
    'invalid_signature',
    async () => {
      const { x = '', y = '' } = await exportJWK(project.keys.k1.publicKey);
      return signHs256(claims(), {
        secret: Buffer.concat([Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]),
        header: { kid: 'k1' },
      });
    },
  ],
  ...['HS384', 'HS512', 'RS512', 'PS256', 'ES384', 'ES512', 'ES256K', 'Ed448'].map((alg): [string, number, string, Make] => [
    `J14 J16 ${alg}`,
    401,
    'invalid_token',
    withHeader({ alg, kid: 'k2' }),
  ]),
  ['J16 EdDSA, of which no key is published', 401, 'invalid_signature', withHeader({ alg: 'EdDSA', kid: 'k1' })],
  ['J17 a zero signature', 401, 'invalid_signature', () => ecdsa(Buffer.concat([zero, zero]))],
  ['J17 r = 0', 401, 'invalid_signature', () => ecdsa(Buffer.concat([zero, one]))],
  ['J17 s = n', 401, 'invalid_signature', () => ecdsa(Buffer.concat([one, P256_ORDER]))],
  ['J17 r = s = n', 401, 'invalid_signature', () => ecdsa(Buffer.concat([P256_ORDER, P256_ORDER]))],
  ['J17 a signature as DER', 401, 'invalid_signature', () => ecdsa(Buffer.concat([Buffer.from([0x30, 6, 2, 1, 1, 2, 1, 1])]))],
  [
    'J17 a right signature as DER',
    401,
    'invalid_signature',
    () =>
      resigned((r, s) => {
        const integer = (bytes: Buffer) => Buffer.concat([Buffer.from([2, bytes.length + 1, 0]), bytes]);
        const pair = Buffer.concat([integer(r), integer(s)]);
        return Buffer.concat([Buffer.from([0x30, pair.length]), pair]);
      }),
  ],
  ['J18 the signature stripped', 401, 'invalid_signature', () => `${parts().slice(0, 2).join('.')}.`],
  ['J18 one segment', 401, 'invalid_token', () => parts()[1]],
  ['J18 two segments', 401, 'invalid_token', () => parts().slice(0, 2).join('.')],
  ['J18 four segments', 401, 'invalid_token', () => `${signHs256(claims())}.AAAA`],
  ['J18 five segments', 401, 'invalid_token', () => `${signHs256(claims())}.AAAA.AAAA`],
  ['J21 base64 with +', 401, 'invalid_token', () => parts().join('.').replace(/.$/, '+')],
  ['J21 base64 with /', 401, 'invalid_token', () => parts().join('.').replace(/.$/, '/')],
  ['J21 padding', 401, 'invalid_token', () => `${signHs256(claims())}=`],
  ['J21 padding within', 401, 'invalid_token', () => parts().join('=.')],
  [
    'J25 jku',
    401,
    'invalid_signature',
    async () => signHs256(claims(), { secret: 'attacker', header: { jku: attacker.url, kid: 'evil' } }),
  ],
  [
    'J25 x5u',
    401,
    'invalid_signature',
    async () => signHs256(claims(), { secret: 'attacker', header: { x5u: attacker.url, kid: 'evil' } }),
  ],
  [
    'J26 an embedded key',
    401,
    'invalid_signature',
    async () => signHs256(claims(), { secret: 'attacker', header: { jwk: { kty: 'oct', k: segment('attacker') } } }),
  ],
  [
    'J26 an embedded certificate',
    401,
    'invalid_signature',
    async () => signHs256(claims(), { secret: 'attacker', header: { x5c: ['MIIB'] } }),
  ],
  ['J28 compressed', 401, 'invalid_token', withHeader({ zip: 'DEF' })],
  ['J28 nested', 401, 'invalid_token', withHeader({ cty: 'JWT' })],
  ['J29 alg twice, the second none', 401, 'invalid_token', withHeaderText('{"alg":"HS256","typ":"JWT","alg":"none"}')],
  ['J32 no exp', 401, 'invalid_token', withClaim('exp', undefined)],
  ...[String(now + 3600), -1, null, true, [now + 60], {}].map((exp): [string, number, string, Make] => [
    `J32 exp ${JSON.stringify(exp)}`,
    401,
    exp === -1 ? 'token_expired' : 'invalid_token',
    withClaim('exp', exp),
  ]),
  [
    'J32 exp 1e400',
    401,
    'invalid_token',
    async () => withPayload(JSON.stringify(claims()).replace(/"exp":\d+/, '"exp":1e400'))(),
  ],
  [
    'J32 exp 2^53 + 1',
    401,
    'invalid_token',
    async () => withPayload(JSON.stringify(claims()).replace(/"exp":\d+/, '"exp":9007199254740993'))(),
  ],
  ['J33 a life of ten years', 401, 'invalid_token', withClaim('exp', now + 315_360_000)],
  ['J33 a life of eight days', 401, 'invalid_token', withClaim('exp', now + 8 * 86_400)],
  ['J34 no iat', 401, 'invalid_token', withClaim('iat', undefined)],
  ['J34 an hour from now', 401, 'token_not_yet_valid', () => signHs256(claims({ iat: now + 3600, exp: now + 7200 }))],
  ['J36 no issuer', 401, 'issuer_mismatch', withClaim('iss', undefined)],
  ...(
    [
      ['of another project', () => 'https://other.supabase.co/auth/v1'],
      ['with a slash more', () => `${project.issuer}/`],
      ['with https', () => project.issuer.replace('http:', 'https:')],
      ['in capitals', () => project.issuer.toUpperCase()],
      ['that begins like ours', () => project.issuer.replace('/auth', '.evil.example/auth')],
      ['that goes on after ours', () => `${project.issuer}.evil.example`],
      ['of a host that begins like a project', () => 'https://good.supabase.co.evil.com/auth/v1'],
      ['in a list', () => [project.issuer]],
    ] as const
  ).map(([title, iss]): [string, number, string, Make] => [
    `J37 an issuer ${title}`,
    401,
    'issuer_mismatch',
    () => signHs256(claims({ iss: iss() })),
  ]),
  ...[undefined, 'anon', 'other', ['other'], ['authenticated', 'other'], [], ''].map((aud): [string, number, string, Make] => [
    `J40 aud ${JSON.stringify(aud)}`,
    401,
    'wrong_audience',
    withClaim('aud', aud),
  ]),
  ['J41 the audience a person signed up with', 401, 'wrong_audience', withClaim('aud', 'evil')],
  ['J42 the anon key', 401, 'anon_key_used', () => project.anonKey],
  ['J42 the service-role key', 401, 'service_key_used', () => project.serviceRoleKey],
  ['J44 a publishable key', 401, 'api_key_used', () => 'sb_publishable_0123456789abcdef'],
  ['J44 a secret key', 401, 'api_key_used', () => 'sb_secret_0123456789abcdef'],
  ...['service_role', 'supabase_admin', 'anon', '', undefined, 'Authenticated', ['authenticated']].map(
    (role): [string, number, string, Make] => [
      `J45 the role ${JSON.stringify(role)} on a person`,
      401,
      'wrong_role',
      withClaim('role', role),
    ],
  ),
  ...[
    undefined,
    '',
    'not-a-uuid',
    'x'.repeat(9_000),
    [randomUUID()],
    '00000000-0000-0000-0000-000000000000',
    randomUUID().toUpperCase(),
    `{${randomUUID()}}`,
    ` ${randomUUID()}`,
    7,
  ].map((sub): [string, number, string, Make] => [
    // Decided: refused rather than lowered, so that nobody is ever two people.
    `J46 the subject ${JSON.stringify(sub)?.slice(0, 40)}`,
    401,
    'invalid_token',
    withClaim('sub', sub),
  ]),
  ['J46 no session', 401, 'invalid_token', withClaim('session_id', undefined)],
  ['J48 an anonymous user', 403, 'anonymous_not_allowed', () => signHs256(claims({ is_anonymous: true, email: '' }))],
  ['J49 a third-party application', 401, 'client_token_not_allowed', withClaim('client_id', randomUUID())],
  ['J50 an id token', 401, 'wrong_audience', () => signHs256(claims({ aud: randomUUID(), nonce: 'n', role: undefined }))],
  ['J54 200 KB', 401, 'invalid_token', withClaim('user_metadata', { blob: 'x'.repeat(200_000) })],
  [
    'J54 10,000 levels',
    401,
    'invalid_token',
    async () => withPayload(`{"user_metadata":${'['.repeat(10_000)}${']'.repeat(10_000)}}`)(),
  ],
  ...['[]', '"x"', 'null', '7', '{', '\ufeff{}', ''].map((text): [string, number, string, Make] => [
    `J56 the payload ${JSON.stringify(text)}`,
    401,
    'invalid_token',
    withPayload(text),
  ]),
  ['J56 a payload that is no UTF-8', 401, 'invalid_token', withPayload(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))],
  [
    'J68 a secret that is no longer ours',
    401,
    'invalid_signature',
    withHeader({}, 'the-secret-of-before-the-rotation-0123456789'),
  ],
  [
    'J70 the secret base64-decoded',
    401,
    'invalid_signature',
    () => signHs256(claims(), { secret: Buffer.from(project.secret, 'base64') }),
  ],
  ['J72 the stub token', 401, 'local_token_refused', () => 'pds_local_dev_token'],
  [
    'J74 a token of the staging project',
    401,
    'issuer_mismatch',
    () => signHs256(ordinaryClaims('https://staging.supabase.co/auth/v1'), { secret: 'staging' }),
  ],
  ['an expired token', 401, 'token_expired', () => signHs256(claims({ iat: now - 7200, exp: now - 3600 }))],
  ['an unknown kid', 401, 'invalid_signature', () => signAsymmetric(claims(), project.keys.k1, 'k9')],
  ['the key of another kid', 401, 'invalid_signature', () => signAsymmetric(claims(), { ...project.keys.k1 }, 'k2')],
];

const ACCEPTED: [title: string, make: Make][] = [
  ['J08 ES256', () => signAsymmetric(claims(), project.keys.k1, 'k1')],
  ['J08 RS256', () => signAsymmetric(claims(), project.keys.k2, 'k2')],
  ['J09 HS256 with a kid no set knows', withHeader({ kid: 'legacy' })],
  [
    // By design of ECDSA; therefore nothing here is ever remembered as revoked by the bytes of a token.
    'J17 the other right signature (r, n - s)',
    () =>
      resigned((r, s) => {
        const other = BigInt(`0x${P256_ORDER.toString('hex')}`) - BigInt(`0x${s.toString('hex')}`);
        return Buffer.concat([r, Buffer.from(other.toString(16).padStart(64, '0'), 'hex')]);
      }),
  ],
  ['J29 alg twice, the last one right', withHeaderText('{"alg":"none","typ":"JWT","alg":"HS256"}')],
  ['J32 an exp with a fraction', withClaim('exp', now + 60.5)],
  ['J34 within the tolerance of the clock', withClaim('iat', now + 20)],
  [
    'J53 no metadata, amr as strings, aud as a list of one',
    () => signHs256(claims({ app_metadata: undefined, user_metadata: undefined, amr: ['password'], aud: ['authenticated'] })),
  ],
  ['J53 no amr', withClaim('amr', undefined)],
];

async function throughPage(token: string) {
  const name = sessionCookieName({ supabasePublicUrl: project.url, dashboardUrl: 'http://localhost:3000' });
  const session = { access_token: token, refresh_token: 'r', expires_at: now + 3600, user: { id: randomUUID(), role: 'owner' } };
  pageCookies = [sessionCookie(name, session)];
  return authenticatePage();
}

describe.each(REFUSED)('%s', (_title, status, code, make) => {
  test(`is ${status} ${code} on every route, is nobody on a page, and changes nothing`, async () => {
    const token = await make();
    const call = callAs(token);
    const before = await tableChecksum();
    for (const [method, path, body] of [
      ['GET', '/v1/me'],
      ['POST', '/v1/orgs', { name: 'Mine' }],
      ['POST', `/v1/orgs/invites/${invitation}/accept`],
    ] as const) {
      const answer = await call(method, path, body);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(JSON.stringify(answer.body)).not.toContain(token);
      if (status === 401) expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/);
    }
    expect(await throughPage(token)).toBeNull();
    expect(await tableChecksum()).toBe(before);
  });
});

test('J25 J26 no address that a token names is ever asked', () => {
  expect(attacker.requests()).toBe(0);
});

test.each(ACCEPTED)('%s is accepted by the API and by pages', async (_title, make) => {
  const token = await make();
  expect((await callAs(token)('GET', '/v1/me')).status).toBe(200);
  expect(await throughPage(token)).toMatchObject({ type: 'user', authMethod: 'jwt' });
});

describe('J20 one bit flipped', () => {
  test.each(['header', 'payload', 'signature'] as const)('in the %s is refused, wherever it is', async (where) => {
    const index = ['header', 'payload', 'signature'].indexOf(where);
    for (let round = 0; round < 340; round++) {
      const segments = parts();
      const bytes = Buffer.from(segments[index] ?? '', 'base64url');
      const bit = Math.floor((round / 340) * bytes.length * 8);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      segments[index] = bytes.toString('base64url');
      expect((await callAs(segments.join('.'))('GET', '/v1/me')).status).toBe(401);
    }
  });
});

test('J30 of a subject written twice the last one counts, for rights and for the audit trail alike', async () => {
  const [first, last] = [randomUUID(), randomUUID()];
  const text = JSON.stringify(claims({ sub: first })).replace(/}$/, `,"sub":"${last}"}`);
  const { body } = await callAs(await withPayload(text)())('GET', '/v1/me');
  expect(body.user_id).toBe(last);
});

test('J52 what a person writes about themselves has no effect', async () => {
  const victim = randomUUID();
  const hostile = { sub: victim, email: 'boss@example.com', role: 'owner', email_verified: true, org_id: owner.org.id };
  const person = newPerson(project, { claims: { user_metadata: hostile } });
  expect((await person.call('GET', '/v1/me')).body).toMatchObject({ user_id: person.userId, email: person.email, orgs: [] });
  expect((await person.call('GET', `/v1/orgs/${owner.org.id}`)).status).toBe(404);
});

test('J73 identity headers say nothing', async () => {
  const person = newPerson(project);
  const headers = {
    'x-pandastack-user-id': owner.userId,
    'x-pandastack-org-id': owner.org.id,
    'x-fcs-workspace': owner.org.id,
    'x-pandastack-auth-method': 'stub',
    'x-stub-user': owner.userId,
    'x-user-email': owner.email,
  };
  const { body } = await person.call('GET', '/v1/me', undefined, headers);
  expect(body).toMatchObject({ user_id: person.userId, email: person.email, current_org: null, auth_method: 'jwt' });
});

describe('J01 J02 J04 the Authorization header', () => {
  const token = () => signHs256(claims());
  test.each([
    ['absent', () => undefined, 'missing_token'],
    ['a bare scheme', () => 'Bearer', 'missing_token'],
    ['a scheme and spaces', () => 'Bearer    ', 'missing_token'],
    ['two tokens', () => `Bearer ${token()} ${token()}`, 'invalid_token'],
    ['Basic', () => `Basic ${Buffer.from(token()).toString('base64')}`, 'invalid_token'],
    ['Token', () => `Token ${token()}`, 'invalid_token'],
    ['JWT', () => `JWT ${token()}`, 'invalid_token'],
    ['no scheme', () => token(), 'invalid_token'],
  ])('%s is refused', async (_title, value, code) => {
    const authorization = value();
    const { status, body } = await callAs(null)('GET', '/v1/me', undefined, authorization ? { authorization } : {});
    expect([status, body.code]).toEqual([401, code]);
  });
});

test.each(['access_token', 'token', 'apikey', 'jwt'])('a credential in the query (?%s=) opens nothing', async (name) => {
  const { body } = await callAs(null)('GET', `/v1/me?${name}=${owner.token}`);
  expect(body.code).toBe('missing_token');
});
