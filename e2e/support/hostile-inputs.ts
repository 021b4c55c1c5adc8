import fc from 'fast-check';
import { z } from 'zod';

type Schema = {
  type?: string;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  anyOf?: Schema[];
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Record<string, Schema>;
  required?: string[];
  $ref?: string;
  $defs?: Record<string, Schema>;
};

/** Texts that have broken parsers, queries, templates, terminals and prototypes. */
const HOSTILE_TEXTS = [
  ...['', ' ', '\0', 'a\0b', '\u202eevil', '\ufeff', '\u200b', '\r\nSet-Cookie: a=b', '\t', '\\', '"', "'", '`'],
  ...[
    "' OR 1=1 --",
    '"; DROP TABLE orgs; --',
    "') UNION SELECT token_hash FROM api_tokens --",
    '1;SELECT pg_sleep(9)',
    '$1',
    '%',
    '_',
  ],
  ...[
    '{org:String}',
    '{{7*7}}',
    '$'.concat('{7*7}'),
    '<script>alert(1)</script>',
    '=cmd|calc',
    '$(id)',
    '| id',
    '%n%s%x',
    '../../etc/passwd',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '[object Object]', 'null', 'undefined', 'true'],
  ...[
    'NaN',
    '1e309',
    '-0',
    '0x10',
    '9007199254740993',
    '1'.repeat(400),
    '٣',
    'İ',
    'ß',
    '👩‍👩‍👧',
    'e\u0301\u0301\u0301\u0301\u0301\u0301',
  ],
  ...[
    'a@b',
    'a@b.c',
    `${'x'.repeat(250)}@example.com`,
    '2026-02-30T00:00:00Z',
    '9999-12-31T23:59:59Z',
    '+275760-09-13T00:00:00Z',
  ],
  ...['00000000-0000-0000-0000-000000000000', 'x'.repeat(5_000), 'pds_', 'pds_%', 'pds_local_dev_token', 'default', 'org_id'],
];
const hostileText = fc.constantFrom(...HOSTILE_TEXTS);
const number = fc.constantFrom(0, -1, 1, 0.1, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324);
const nested = (depth: number, inner: unknown = 1) =>
  Array.from({ length: depth }).reduce<unknown>((value, _, level) => (level % 2 ? [value] : { a: value }), inner);

const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  number,
  fc.constantFrom(
    true,
    false,
    null,
    [],
    {},
    [[]],
    { $ne: '' },
    { $gt: '' },
    ['a', 'b'],
    { toString: 1 },
    { length: 3 },
    JSON.parse('{"then":1}'),
  ),
  fc.integer({ min: 5, max: 2_000 }).map((depth) => nested(depth)),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const hostileKey = fc.oneof(
  hostileText,
  fc.constantFrom('role', 'user_id', 'org_id', 'created_by', 'id', 'is_admin', 'token_hash'),
);

/** JSON that no serializer would write. */
const hostileJson = fc.constantFrom(
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"a":{"__proto__":{"polluted":true}}}',
  '{"name":"a","name":{"$ne":1},"__proto__":[]}',
  '{"name":"\\ud800"}',
  '{"label":"\\udfff","email":"\\ud800@example.com"}',
  '{"name":1e400}',
  '{',
  '[',
  'null',
  'true',
  '"text"',
  '1e999',
  '{"a":undefined}',
  "{'a':1}",
  '\ufeff{}',
  '{}{}',
  '//',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  `${'{"a":'.repeat(8_000)}1${'}'.repeat(8_000)}`,
  `{"a":"${'x'.repeat(70_000)}"}`,
);

/** What a JSON schema describes, as it describes it. */
function described(schema: Schema, defs: Record<string, Schema> = schema.$defs ?? {}): fc.Arbitrary<unknown> {
  const inner = (one: Schema) => described(one, defs);
  if (schema.$ref) return inner(defs[schema.$ref.replace('#/$defs/', '')] ?? {});
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map(inner));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -1_000, max: schema.maximum ?? 1_000 });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(inner(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 5, 5),
      });
    case 'object':
      return object(schema, inner);
    default:
      return hostileValue;
  }
}

function object({ properties = {}, required = [] }: Schema, inner: (schema: Schema) => fc.Arbitrary<unknown>) {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, inner(schema)]));
  return fc.record(fields, { requiredKeys: required, noNullPrototype: true });
}

function text({ format, pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'email')
    return fc.oneof(
      fc.emailAddress(),
      fc.uuid().map((name) => `${name}@Example.com`),
    );
  if (format === 'date-time')
    return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2200-01-01') }).map((date) => date.toISOString());
  if (pattern) return fc.stringMatching(new RegExp(pattern), { maxLength });
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 90) });
}

const jsonSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;

/** As described, but for one thing. */
function nearly(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const change = fc.tuple(fc.nat(), fc.oneof(hostileValue, fc.constant(undefined)), fc.option(hostileKey));
  return fc.tuple(valid, change).map(([value, [at, replacement, newKey]]) => {
    const entries = Object.entries(value ?? {});
    const [key] = entries[at % Math.max(entries.length, 1)] ?? [];
    return Object.fromEntries([...entries, [newKey ?? key ?? 'a', replacement]]);
  });
}

/** The text of a body: as its schema describes it, nearly so, or nothing like it. */
export function bodies(schema: z.ZodType): fc.Arbitrary<string> {
  const valid = described(jsonSchema(schema));
  const values = fc.oneof(
    { weight: 4, arbitrary: valid },
    { weight: 4, arbitrary: nearly(valid) },
    { weight: 2, arbitrary: hostileValue },
  );
  return fc.oneof(
    { weight: 9, arbitrary: values.map((value) => JSON.stringify(value) ?? '') },
    { weight: 1, arbitrary: hostileJson },
  );
}

/** A query string; sometimes with a name twice, or one that a laxer parser would make an object of. */
export function queries(schema: z.ZodType): fc.Arbitrary<string> {
  const valid = described(jsonSchema(schema)).map((value) =>
    Object.entries(value ?? {}).map(([name, one]) => [name, String(one)]),
  );
  const odd = fc.array(
    fc.tuple(fc.oneof(hostileKey, fc.constantFrom('limit', 'limit[]', 'cursor[$ne]', 'from', 'a.b')), hostileText),
    { maxLength: 3 },
  );
  const pairs = fc.oneof(
    { weight: 4, arbitrary: valid },
    { weight: 3, arbitrary: fc.tuple(valid, odd).map(([good, bad]) => [...good, ...bad]) },
    { weight: 1, arbitrary: valid.map((good) => [...good, ...good]) },
    { weight: 2, arbitrary: odd },
  );
  const raw = fc.constantFrom(
    '%zz',
    '&&&',
    '=',
    'limit=%',
    'cursor=%ff%fe',
    '__proto__[polluted]=1',
    'a=1;b=2',
    '?',
    'limit=1&limit=2',
  );
  return fc.oneof(
    { weight: 9, arbitrary: pairs.map((all) => new URLSearchParams(all as [string, string][]).toString()) },
    { weight: 1, arbitrary: raw },
  );
}

/** A path segment, escaped or deliberately not. */
export const segments: fc.Arbitrary<string> = fc.oneof(
  hostileText.map((hostile) => encodeURIComponent(hostile)),
  fc.uuid(),
  fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 20 }).map(encodeURIComponent),
  fc.constantFrom('%zz', '%', '%ff', '%E4%BD', '%2F', '%2e%2e', '%252e', ';a=b', '@', '*', ',', '~', '%0d%0a', '%F0%9F%90%BC'),
);

/** The value of a header: what HTTP lets through. */
export const headerValues: fc.Arbitrary<string> = fc
  .oneof(fc.string({ unit: 'binary-ascii', maxLength: 60 }), hostileText)
  .map((value) => value.replace(/[^\x20-\x7e]/g, '').trim());
