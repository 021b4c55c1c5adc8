import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { openDatabase } from './database';
import { insertUser } from './users';

/** The parts of version 0 whose constraints have changed since. */
const VERSION_0 = `
CREATE TABLE users (id TEXT PRIMARY KEY, aud TEXT NOT NULL, role TEXT NOT NULL, email TEXT UNIQUE,
  raw_app_meta_data TEXT NOT NULL, raw_user_meta_data TEXT NOT NULL, created_at TEXT NOT NULL, updated_at TEXT NOT NULL) STRICT;
CREATE TABLE sessions (id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at TEXT NOT NULL, refreshed_at TEXT) STRICT;
CREATE INDEX sessions_user ON sessions (user_id);
CREATE TABLE amr_claims (session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE, method TEXT NOT NULL,
  updated_at TEXT NOT NULL, PRIMARY KEY (session_id, method)) STRICT;
CREATE TABLE flow_states (id INTEGER PRIMARY KEY) STRICT;
INSERT INTO users VALUES ('u', 'authenticated', 'authenticated', 'a@example.com', '{}', '{}', '2026-01-01', '2026-01-01');
INSERT INTO sessions VALUES ('s', 'u', '2026-01-01', NULL);
INSERT INTO amr_claims VALUES ('s', 'password', '2026-01-01');
`;

const sso = { email: 'a@example.com', aud: 'x', role: 'x', userMetadata: {}, appMetadata: {}, isSsoUser: true };

it('brings a file of the first version up to date without losing anybody', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'auth-server-')), 'auth.sqlite');
  const old = new DatabaseSync(path);
  old.exec(VERSION_0);
  old.close();

  for (const _start of ['first', 'second']) openDatabase(path).close();
  const db = openDatabase(path);
  expect(db.prepare('SELECT id, is_sso_user FROM users').all()).toEqual([{ id: 'u', is_sso_user: 0 }]);
  expect(db.prepare('SELECT id, aal FROM sessions').all()).toEqual([{ id: 's', aal: 'aal1' }]);
  expect(db.prepare('SELECT method FROM amr_claims').all()).toEqual([{ method: 'password' }]);
  expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  insertUser(db, sso);
  expect(() => insertUser(db, { ...sso, isSsoUser: false })).toThrow('UNIQUE');
  db.prepare(`DELETE FROM users WHERE id = 'u'`).run();
  expect(db.prepare('SELECT * FROM amr_claims').all()).toEqual([]);
  db.close();
});
