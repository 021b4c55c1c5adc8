import type { DatabaseSync } from 'node:sqlite';
import { schema } from './schema';

const VERSION = 1;

/** Makes the tables, or brings those of an earlier version up to date without losing a user or a session. */
export function upgrade(db: DatabaseSync): void {
  const current = db.prepare('PRAGMA user_version').get()?.user_version;
  const isOld = current === 0 && db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'users'`).get() !== undefined;
  // Foreign keys off while the tables are copied, or the cascade would empty those that point to them.
  db.exec('PRAGMA foreign_keys = OFF; BEGIN IMMEDIATE;');
  try {
    if (isOld) setAside(db);
    db.exec(schema);
    if (isOld) bringBack(db);
    db.exec(`PRAGMA user_version = ${VERSION}; COMMIT;`);
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  } finally {
    db.exec('PRAGMA foreign_keys = ON');
  }
}

/** The tables whose constraints changed: the rule that addresses are unique cannot be altered in place. */
const REMADE = ['users', 'sessions'];

function setAside(db: DatabaseSync): void {
  db.exec('PRAGMA legacy_alter_table = ON');
  for (const table of REMADE) db.exec(`ALTER TABLE ${table} RENAME TO old_${table}`);
  // A pending flow is minutes old at most and starts again.
  db.exec('PRAGMA legacy_alter_table = OFF; DROP INDEX IF EXISTS sessions_user; DROP TABLE IF EXISTS flow_states;');
}

function bringBack(db: DatabaseSync): void {
  for (const table of REMADE) {
    const columns = db
      .prepare(`SELECT name FROM pragma_table_info('old_${table}')`)
      .all()
      .map((column) => String(column.name));
    db.exec(`INSERT INTO ${table} (${columns}) SELECT ${columns} FROM old_${table}; DROP TABLE old_${table};`);
  }
}
