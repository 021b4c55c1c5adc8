import type { z } from 'zod';
import { DomainError } from '@/lib/errors';

/** The most a body of our own routes may hold. */
const MAX_BODY_BYTES = 65_536;

/**
 * The JSON body of a request as its schema describes it; an absent body reads as {}.
 * Throws payload_too_large, unsupported_media_type, invalid_json or validation_failed (with the fields).
 */
export async function readInput<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.infer<Schema>> {
  const text = await readBody(request);
  if (text !== '' && !isJson(request.headers.get('content-type'))) {
    throw new DomainError('unsupported_media_type', 'The body must be JSON', { hint: 'Send "Content-Type: application/json".' });
  }
  const input = parse(schema, text === '' ? {} : parseJson(text));
  if (ESCAPED_NUL.test(text)) throw invalid([{ path: '', message: 'must not hold the character NUL' }]);
  return input;
}

/** Postgres takes none in a text, and answers with an error that would be told as ours. */
const ESCAPED_NUL = /(?<!\\)(?:\\\\)*\\u0000/;

/** The query of a request as its schema describes it; a repeated name is refused. Throws validation_failed. */
export function readQuery<Schema extends z.ZodType>(request: Request, schema: Schema): z.infer<Schema> {
  const values = new Map<string, string>();
  for (const [name, value] of new URL(request.url).searchParams) {
    if (values.has(name)) throw invalid([{ path: name, message: 'may be given once only' }]);
    values.set(name, value);
  }
  return parse(schema, Object.fromEntries(values));
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalid(result.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })));
}

function invalid(fields: { path: string; message: string }[]): DomainError {
  const [first] = fields;
  const what = first ? `${first.path || 'The input'}: ${first.message}` : 'The input is not valid';
  return new DomainError('validation_failed', what, { fields, hint: 'Correct the named fields and send the request again.' });
}

function isJson(contentType: string | null): boolean {
  return contentType !== null && /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new DomainError('invalid_json', 'The body is not valid JSON');
  }
}

const known = new WeakMap<Request, Promise<string>>();

/** The body as text, read once however often it is asked for; '' when absent. Throws payload_too_large or invalid_json. */
export function readBody(request: Request): Promise<string> {
  const found = known.get(request) ?? readText(request);
  known.set(request, found);
  return found;
}

/** Counts what really arrives: a declared length may lie. */
async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  if (!request.body) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of arriving(request.body)) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return decodeUtf8(Buffer.concat(chunks));
}

/** A sender who goes away or is too slow is no failure of ours. */
async function* arriving(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch (cause) {
    throw new DomainError('invalid_json', 'The body did not arrive whole', { cause });
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new DomainError('invalid_json', 'The body is not valid UTF-8');
  }
}

function tooLarge(): DomainError {
  return new DomainError('payload_too_large', `The body is larger than ${MAX_BODY_BYTES / 1024} KiB`);
}
