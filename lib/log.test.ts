import { describe, expect, it } from 'vitest';
import { redactSecrets } from './log';

describe('a log line', () => {
  it.each([
    ['a JWT', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'eyJzdWIiOiIxIn0'],
    ['an API token', 'token pds_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789', 'IjKlMnOp'],
    ['a Supabase secret key', 'key sb_secret_1234567890abcdef', '1234567890abcdef'],
    ['a token in a query string', 'GET /x?access_token=hunter2&a=1', 'hunter2'],
    ['the password of a database URL', 'postgres://panda:hunter2@db.example.com/panda', 'hunter2'],
    ['the secret of an invite link', '/invite/q1w2e3r4t5y6u7i8o9p0', 'q1w2e3r4t5y6u7i8o9p0'],
  ])('does not hold %s', (_what, line, secret) => {
    expect(redactSecrets(line)).not.toContain(secret);
  });

  it('keeps ids, prefixes and ordinary words', () => {
    const line = '{"org":"0197f1a2-7c1e-7000-8000-000000000000","prefix":"pds_AbCdEfGh","msg":"code and token"}';
    expect(redactSecrets(line)).toBe(line);
  });
});
