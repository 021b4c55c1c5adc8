import { z } from 'zod';

export type Json = Record<string, unknown>;

/** Turns zod schemas into the JSON schemas of one document: what has an id (`.meta({ id })`) becomes a component of that name. */
export class JsonSchemas {
  readonly components: Record<string, Json> = {};

  /** The schema as the wire sees it: of an input, what may be sent; of an answer, what is sent. */
  of(schema: z.ZodType): Json {
    const { $schema: _, $defs = {}, ...own } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', override: plainer });
    for (const [name, definition] of Object.entries($defs)) this.components[name] = inDocument(definition) as Json;
    return inDocument(own) as Json;
  }
}

/** A format says it all; zod's long pattern beside it helps nobody. */
function plainer({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.format === 'uuid' || jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  // What `.meta({ id })` leaves behind is the component's name, not a part of the schema.
  delete jsonSchema.id;
}

function inDocument(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inDocument);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [
    key,
    key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '#/components/schemas/') : inDocument(inner),
  ]);
  return Object.fromEntries(entries);
}
