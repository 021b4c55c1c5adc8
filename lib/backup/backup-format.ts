import { z } from 'zod';
import { DomainError } from '@/lib/errors';

// A gzip of JSON lines: a head, then for each table its name and columns, its rows, `---`, and a line that counts and digests them; at last
// a line that says the file is whole.

export const FORMAT = 'pandastack-backup';
export const END_OF_ROWS = '---\n';

export const backupHead = z.object({
  format: z.literal(FORMAT),
  format_version: z.literal(1),
  /** The last migration its database had. */
  schema: z.number().int(),
  /** By the clock of the database. */
  made_at: z.string(),
});
export type BackupHead = z.infer<typeof backupHead>;

export const tableHead = z.object({ table: z.string(), columns: z.array(z.string()).min(1) });
export const tableEnd = z.object({ table: z.string(), rows: z.number().int(), sha256: z.string() });
export const backupEnd = z.object({ end: z.literal(true), tables: z.number().int() });

/** A line as its schema describes it. Throws validation_failed. */
export function readLine<Schema extends z.ZodType>(schema: Schema, line: Buffer | undefined, what: string): z.infer<Schema> {
  const result = schema.safeParse(line && asJson(line));
  if (result.success) return result.data;
  throw damaged(line === undefined ? 'it ends too early' : `${what} is not as it was written`);
}

export function damaged(why: string): DomainError {
  return new DomainError('validation_failed', `This is not a whole backup of PandaStack: ${why}`, {
    hint: 'Nothing was changed. Take another copy of the file.',
  });
}

function asJson(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}
