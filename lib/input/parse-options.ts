import type { z } from 'zod';
import { DomainError } from '@/lib/errors';

/** What an operator gave a command, as its schema describes it. Throws validation_failed that names each option. */
export function parseOptions<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path, message }) => `--${kebab(path.join('.'))} ${message}`);
  throw new DomainError('validation_failed', lines.join('\n'));
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
