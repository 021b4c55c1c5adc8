import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { upgrade } from './upgrade';

export type Database = DatabaseSync;

/** Opens (and creates) the one file everything lives in; ':memory:' lives as long as the process. */
export function openDatabase(path: string): Database {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
  // WAL survives kill -9 without losing a committed transaction.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
  upgrade(db);
  return db;
}

/** All or nothing. The work is synchronous, so no other request can run in between; do not nest. */
export function inTransaction<T>(db: Database, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

/** ISO 8601 in UTC, the form of every timestamp in the file and on the wire. */
export const timestamp = (): string => new Date().toISOString();

/** True when more than `seconds` have passed since `since`. */
export function isOlderThan(since: string, seconds: number): boolean {
  return Date.now() > Date.parse(since) + seconds * 1000;
}
