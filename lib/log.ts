import { type Logger, pino } from 'pino';
import { config } from './config';

const holder = globalThis as typeof globalThis & { __pandastackLog?: Logger };

/** The logger of this process: one JSON object a line on stdout, secrets blotted out. */
export function logger(): Logger {
  holder.__pandastackLog ??= pino({
    level: levelFromConfig(),
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: SECRET_FIELDS, censor: '[redacted]' },
    hooks: { streamWrite: redactSecrets },
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

// The last line of defence: what slipped into a message, a URL or a stack.
const SECRET_PATTERNS: [RegExp, string][] = [
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, '[jwt]'],
  [/\bpds_(\w{8})\w+/g, 'pds_$1…'],
  [/\bsb_secret_[\w-]+/g, 'sb_secret_…'],
  [/\b(access_token|refresh_token|token_hash|token|code|apikey)=[^&\s"\\]+/gi, '$1=[redacted]'],
  [/(:\/\/[^:/@\s"]*):[^@/\s"]+@/g, '$1:[redacted]@'],
  [/(\/invites?\/)[\w-]{16,}/g, '$1[redacted]'],
];

/** Replaces everything in a text that looks like a credential. */
export function redactSecrets(line: string): string {
  return SECRET_PATTERNS.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), line);
}
