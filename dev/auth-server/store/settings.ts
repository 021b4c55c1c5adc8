import { z } from 'zod';
import type { Database } from './database';

/** Secrets and keys that must outlive a restart. */
export function readSetting(db: Database, name: string): string | undefined {
  const row = db.prepare('SELECT value FROM settings WHERE name = ?').get(name);
  return z.object({ value: z.string() }).optional().parse(row)?.value;
}

export function writeSetting(db: Database, name: string, value: string): void {
  db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)').run(name, value);
}
