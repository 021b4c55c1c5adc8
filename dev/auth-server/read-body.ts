import type { Context } from 'hono';
import { z } from 'zod';
import { AuthError, badRequest } from './auth-error';

const BODY_LIMIT_BYTES = 1 << 20;

/** Fields as Go's JSON decoder sees them: absent and null are the zero value, another type is an error. */
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
export const metadata = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? null);

export type Metadata = Record<string, unknown>;

/** Reads a JSON body of at most 1 MB. Throws bad_json or request_entity_too_large. */
export async function readBody<T extends z.ZodType>(c: Context, schema: T): Promise<z.output<T>> {
  const raw = await c.req.arrayBuffer();
  if (raw.byteLength > BODY_LIMIT_BYTES) {
    throw new AuthError(413, 'request_entity_too_large', `Request body too large (max ${BODY_LIMIT_BYTES} bytes)`);
  }
  const parsed = schema.safeParse(parseJson(new TextDecoder().decode(raw)));
  if (!parsed.success) throw badJson(z.prettifyError(parsed.error));
  return parsed.data;
}

function parseJson(raw: string): unknown {
  try {
    // Go reads null as an empty body.
    return JSON.parse(raw) ?? {};
  } catch (error) {
    throw badJson(error instanceof Error ? error.message : 'invalid JSON');
  }
}

function badJson(reason: string): AuthError {
  return badRequest('bad_json', `Could not parse request body as JSON: ${reason}`);
}
