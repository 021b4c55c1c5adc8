import { type Logger, pino } from 'pino';
import { config } from './config';
import { currentTrace } from './tracing/with-span';

const holder = globalThis as typeof globalThis & { __pandastackLog?: Logger };

/** The logger of this process: one JSON object a line on stdout, secrets blotted out. */
export function logger(): Logger {
  holder.__pandastackLog ??= pino({
    level: levelFromConfig(),
    base: undefined,
    mixin: () => currentTrace() ?? {},
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_FIELDS, censor: '[redacted]' },
    hooks: { streamWrite: safeLine },
  });
  return holder.__pandastackLog;
}

function levelFromConfig(): string {
  try {
    return config().logLevel;
  } catch {
    return 'info'; // A configuration problem must itself be told.
  }
}

const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'headers.authorization',
  'headers.cookie',
].flatMap((path) => [path, `*.${path}`]);

// The last line of defence: what slipped into a message, a URL (escaped or not), a stack or a quoted answer.
const NAMES =
  'access_token|refresh_token|provider_token|provider_refresh_token|id_token|token_hash|token|code_verifier|client_secret|apikey|api_key|password|ticket';
const SECRET_PATTERNS: [RegExp, string][] = [
  [/(^|[^A-Za-z0-9])eyJ[\w-]{8,}(\.[\w-]*)*/g, '$1[jwt]'],
  [/\bpds_([\w-]{8})[\w-]+/g, 'pds_$1…'],
  [/\bsb_secret_[\w-]+/g, 'sb_secret_…'],
  [/\b([sr]k_(?:live|test)_|whsec_)[A-Za-z0-9+/=_]+/g, '$1…'],
  [new RegExp(`(?<=^|\\W|%[0-9A-F]{2})(${NAMES}|code)(=|%3D)(?:(?!%26)[^&\\s"\\\\])+`, 'gi'), '$1$2[redacted]'],
  [new RegExp(`((?:${NAMES})\\\\*"\\s*:\\s*\\\\*")[^"\\\\]+`, 'gi'), '$1[redacted]'],
  [/(:\/\/[^:/@\s"]*):[^@/\s"]+@/g, '$1:[redacted]@'],
  [/((?:\/|%2F)invites?(?:\/|%2F))(?!continue\b)(?:(?!%2F)[^/\s?#"\\&]){8,}/gi, '$1[redacted]'],
];
// JSON leaves these as they are, and terminals obey some of them.
const UNSEEN = /[\x7f-\x9f\u2028\u2029\u202A-\u202E\u2066-\u2069]/g;

/** Replaces everything in a text that looks like a credential. */
export function redactSecrets(line: string): string {
  return SECRET_PATTERNS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
}

const MAX_LINE = 16_384;
const MAX_TEXT = 2_000;

/** A line of the log as it leaves the process: without credentials, without what moves a cursor, of a length that can be read. */
export function safeLine(line: string): string {
  const redacted = redactSecrets(line).replace(UNSEEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return redacted.length > MAX_LINE ? `${shorten(redacted)}\n` : redacted;
}

/** Cuts each text of a line, so that it stays one JSON object. */
function shorten(line: string): string {
  return JSON.stringify(JSON.parse(line), (_name, value) =>
    typeof value === 'string' && value.length > MAX_TEXT ? `${value.slice(0, MAX_TEXT)}… (${value.length} characters)` : value,
  );
}
