import { DomainError } from '@/lib/errors';

/** What an order for new sandboxes or a volume says that matters before an agent is chosen. */
export interface Order {
  /** The order once more, as exactly one reading of it: agents read JSON less strictly than we do. */
  body: string;
  fields: Record<string, unknown>;
}

const KNOWN = [
  'template',
  'from_snapshot',
  'ttl_seconds',
  'persistent',
  'metadata',
  'volumes',
  'cpu',
  'memory_mb',
  'count',
  'size_mb',
  'name',
  'tree_id',
  'cleanup_siblings',
];
/** What agents write into metadata themselves, and believe when they read it there: whose a sandbox is, and of which fork. */
const AGENTS_OWN = new Set(['workspace', 'owner_workspace', 'fork_tree_id', 'tree_id']);

/**
 * Reads an order. The agents' parser matches names without regard to case and takes the last of two; we pass on what we checked and
 * nothing else. Throws invalid_json, validation_failed.
 */
export function readOrder(text: string): Order {
  const fields = text.trim() === '' ? {} : parseObject(text);
  const misspelt = Object.keys(fields).find((name) => !KNOWN.includes(name) && KNOWN.includes(fold(name)));
  if (misspelt !== undefined) {
    throw new DomainError('validation_failed', 'A name in this order is written in another case than the API writes it', {
      fields: [{ path: misspelt.slice(0, 40), message: `is written ${fold(misspelt)}` }],
    });
  }
  const metadata = withoutAgentsOwn(fields.metadata);
  const read = metadata === undefined ? fields : { ...fields, metadata };
  return { fields: read, body: text.trim() === '' ? '' : JSON.stringify(read) };
}

function withoutAgentsOwn(metadata: unknown): unknown {
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return metadata;
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => !AGENTS_OWN.has(name)));
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DomainError('invalid_json', 'The body is not JSON');
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new DomainError('validation_failed', 'The body is not a JSON object');
}

/** As Go's encoding/json compares names: without case, and with the two letters beyond ASCII that fold into it. */
function fold(name: string): string {
  return name.replaceAll('ſ', 's').replaceAll('K', 'k').toLowerCase();
}
