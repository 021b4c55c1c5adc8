import { describe, expect, it } from 'vitest';
import { redactSecrets, safeLine } from './log';

const SECRET = 'q1w2e3r4t5y6u7i8o9p0';

describe('N14 a log line', () => {
  it.each([
    ['a JWT', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'eyJzdWIiOiIxIn0'],
    ['a JWT that was cut', 'token=x eyJhbGciOiJIUzI1NiJ9', 'eyJhbGci'],
    ['a session cookie', 'sb-abc-auth-token=base64-eyJhY2Nlc3NfdG9rZW4iOiJleUoi', 'eyJhY2Nl'],
    ['an API token', 'token pds_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789', 'IjKlMnOp'],
    ['an adopted API token', 'token pds_abc-efg_q1w2e3r4t5y6u7i8o9p0', SECRET],
    ['a Supabase secret key', 'key sb_secret_1234567890abcdef', '1234567890abcdef'],
    ['a Stripe key', 'Invalid API Key provided: sk_live_hunter2hunter2', 'hunter2'],
    ['a restricted Stripe key', 'rk_test_hunter2hunter2', 'hunter2'],
    ['the secret of a Stripe webhook', 'whsec_hunter2+hunter2/=', 'hunter2'],
    ['a token in a query string', 'GET /x?access_token=hunter2&a=1', 'hunter2'],
    ['a token in a fragment', '/auth/callback#a=1&refresh_token=hunter2', 'hunter2'],
    ['a token_hash', '/auth/confirm?token_hash=pkce_hunter2&type=email', 'hunter2'],
    ['an authorization code', '/auth/callback?code=hunter2', 'hunter2'],
    ['a code in an address within an address', '/login?next=%2Fauth%2Fcallback%3Fcode%3Dhunter2%26a%3D1', 'hunter2'],
    ['a code verifier', 'code_verifier=hunter2', 'hunter2'],
    ['an answer of the auth server', '{"msg":"{\\"access_token\\":\\"hunter2\\",\\"expires_in\\":1}"}', 'hunter2'],
    ['a password', '{"password": "hunter2"}', 'hunter2'],
    ['the password of a database URL', 'postgres://panda:hunter2@db.example.com/panda', 'hunter2'],
    ['the secret of an invite link', `/invite/${SECRET}`, SECRET],
    ['the secret of a short invite link', '/invite/hunter2~', 'hunter2'],
    ['the secret of an invite in the API', `/v1/orgs/invites/${SECRET}/accept`, SECRET],
    ['the secret of an invite in an address within an address', `/login?next=%2Finvite%2F${SECRET}%3Fa`, SECRET],
  ])('does not hold %s', (_what, line, secret) => {
    expect(redactSecrets(line)).not.toContain(secret);
  });

  it('keeps ids, prefixes, codes of refusals and ordinary words', () => {
    for (const line of [
      '{"org":"0197f1a2-7c1e-7000-8000-000000000000","prefix":"pds_AbCdEfGh","msg":"code and token"}',
      '{"code":"dependency_unavailable","err":{"code":"57P01"}}',
      '/auth/error?error_code=otp_expired&status_code=403',
      '/invite/continue',
      'https://panda.example.com:3000/orgs/acme',
    ])
      expect(redactSecrets(line)).toBe(line);
  });

  it('stays one line of JSON, whatever was put into it', () => {
    for (const text of [
      'a\r\n{"level":"fatal"}',
      '"}\n',
      `$${'{jndi:ldap://x}'}`,
      '\u001b[2J\u009b2J\u2028\u202e',
      '\\" \\u0000 \0',
    ]) {
      const line = safeLine(`${JSON.stringify({ userAgent: text })}\n`);
      expect(JSON.parse(line)).toEqual({ userAgent: text });
      expect(line.trimEnd()).toMatch(/^[\x20-\x7e]*$/);
    }
  });

  it('is cut where a text of it is too long to read', () => {
    const line = safeLine(
      `${JSON.stringify({ path: 'x'.repeat(100_000), msg: 'short', err: { stack: `${'y'.repeat(20_000)} eyJhbGciOiJI` } })}\n`,
    );
    expect(line.length).toBeLessThan(5_000);
    expect(line.endsWith('}\n')).toBe(true);
    expect(JSON.parse(line)).toMatchObject({ msg: 'short', path: expect.stringContaining('… (100000 characters)') });
  });

  it('of a hostile length is made in little time', () => {
    for (const part of ['eyJ', '/invite/', 'code=', '://', 'pds_', '"token":"', '%2Finvite%2F', 'a:']) {
      const startedAt = process.cpuUsage();
      safeLine(JSON.stringify({ text: part.repeat(100_000 / part.length) }));
      expect([part, process.cpuUsage(startedAt).user < 2_000_000]).toEqual([part, true]);
    }
  });
});
