import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { expect, it } from 'vitest';
import { createPerson, signIn, startForTest } from './testing/start-for-test';

const newFile = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'auth-server-')), 'auth.sqlite');

it('refuses to bind outside of loopback', async () => {
  for (const host of ['0.0.0.0', '::', '192.168.1.1', 'example.com']) {
    await expect(startForTest({ host: host as 'localhost' })).rejects.toThrow('binds to loopback only');
  }
});

it('refuses an option it does not know and a secret that is too short', async () => {
  await expect(startForTest({ sitUrl: 'x' } as object)).rejects.toThrow('sitUrl');
  await expect(startForTest({ jwtSecret: 'short' })).rejects.toThrow('jwtSecret');
});

it('makes API keys of the hosted shape, signed by the secret', async () => {
  const server = await startForTest();
  expect(decodeProtectedHeader(server.anonKey)).toEqual({ alg: 'HS256', typ: 'JWT' });
  expect(decodeJwt(server.anonKey)).toMatchObject({ iss: 'supabase', role: 'anon', ref: expect.stringMatching(/^[a-z]{20}$/) });
  expect(decodeJwt(server.serviceRoleKey)).toMatchObject({ role: 'service_role', ref: decodeJwt(server.anonKey).ref });
  await server.close();
});

it.each(['HS256', 'ES256'] as const)('keeps users, sessions and keys over a restart with %s', async (algorithm) => {
  const databasePath = await newFile();
  const first = await startForTest({ databasePath, algorithm });
  await createPerson(first);
  const { json } = await signIn(first);
  await first.close();

  const second = await startForTest({ databasePath, algorithm });
  expect([second.anonKey, second.serviceRoleKey, second.jwtSecret]).toEqual([
    first.anonKey,
    first.serviceRoleKey,
    first.jwtSecret,
  ]);
  const user = await fetch(`${second.url}/auth/v1/user`, {
    headers: { apikey: second.anonKey, authorization: `Bearer ${json.access_token}` },
  });
  expect(user.status).toBe(200);
  expect((await signIn(second)).status).toBe(200);
  await second.close();
});

it('makes new API keys for a new secret, and keeps them for the same one', async () => {
  const databasePath = await newFile();
  const jwtSecret = 'a secret of at least thirty-two characters';
  const keys: string[] = [];
  for (const secret of [undefined, jwtSecret, jwtSecret]) {
    const server = await startForTest({ databasePath, jwtSecret: secret });
    keys.push(server.anonKey);
    await server.close();
  }
  expect(keys[1]).not.toBe(keys[0]);
  expect(keys[2]).toBe(keys[1]);
});

it('frees its ports when closed', async () => {
  const first = await startForTest();
  const port = Number(new URL(first.url).port);
  const smtpPort = Number(new URL(first.smtpUrl).port);
  await first.close();
  const second = await startForTest({ port, smtpPort });
  expect(second.url).toBe(first.url);
  await second.close();
});

it('says so when its port is taken, and leaves nothing running', async () => {
  const first = await startForTest();
  const port = Number(new URL(first.url).port);
  await expect(startForTest({ port })).rejects.toThrow('EADDRINUSE');
  await first.close();
});
