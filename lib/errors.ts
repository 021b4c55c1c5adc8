/** Every refusal this product can make, and the HTTP status it is told with. */
const STATUS_OF = {
  invalid_json: 400,
  validation_failed: 400,
  missing_token: 401,
  invalid_token: 401,
  invalid_signature: 401,
  token_expired: 401,
  token_not_yet_valid: 401,
  issuer_mismatch: 401,
  wrong_audience: 401,
  wrong_role: 401,
  anon_key_used: 401,
  service_key_used: 401,
  api_key_used: 401,
  local_token_refused: 401,
  client_token_not_allowed: 401,
  invalid_api_token: 401,
  api_token_expired: 401,
  session_revoked: 401,
  forbidden: 403,
  token_not_allowed: 403,
  email_mismatch: 403,
  email_not_verified: 403,
  email_domain_not_allowed: 403,
  sso_not_allowed: 403,
  anonymous_not_allowed: 403,
  insufficient_aal: 403,
  user_banned: 403,
  not_a_member: 403,
  org_creation_disabled: 403,
  signup_not_allowed: 403,
  setup_code_invalid: 403,
  bad_host: 403,
  not_found: 404,
  org_not_found: 404,
  member_not_found: 404,
  invite_not_found: 404,
  token_not_found: 404,
  method_not_allowed: 405,
  slug_taken: 409,
  slug_reserved: 409,
  last_owner: 409,
  already_member: 409,
  invite_exists: 409,
  token_limit: 409,
  org_limit: 409,
  member_limit: 409,
  invite_limit: 409,
  ambiguous_prefix: 409,
  request_in_progress: 409,
  setup_closed: 410,
  invite_expired: 410,
  invite_used: 410,
  invite_revoked: 410,
  invite_declined: 410,
  payload_too_large: 413,
  unsupported_media_type: 415,
  idempotency_key_reused: 422,
  rate_limited: 429,
  quota_exceeded: 429,
  internal_error: 500,
  agent_unreachable: 502,
  capacity_unavailable: 503,
  dependency_unavailable: 503,
  auth_provider_unavailable: 503,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof STATUS_OF;
export const ERROR_CODES = Object.keys(STATUS_OF) as ErrorCode[];

/** The HTTP status a refusal is told with. */
export function statusOf(code: ErrorCode): number {
  return STATUS_OF[code];
}

export interface FieldProblem {
  path: string;
  message: string;
}
interface ErrorDetails {
  /** What the reader should do next; names a variable where one is to blame, never its value. */
  hint?: string;
  fields?: FieldProblem[];
  cause?: unknown;
  /** For 429 and 503, where a few seconds stand for nothing better, and wherever else waiting helps. */
  retryAfterSeconds?: number;
}

/** A refusal with a stable code; `message` is a sentence for a person. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly fields: FieldProblem[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, { hint, fields, cause, retryAfterSeconds }: ErrorDetails = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DomainError';
    this.code = code;
    this.hint = hint;
    this.fields = fields;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get status(): number {
    return STATUS_OF[this.code];
  }
}

/** The refusal behind any thrown value: itself, an outage of Postgres, or a neutral 500. */
export function asDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (isDomainErrorOfAnotherBundle(error)) return new DomainError(error.code, error.message, error);
  if (isPostgresOutage(error)) {
    return new DomainError('dependency_unavailable', 'The database cannot be reached at the moment', {
      hint: 'Try again in a few seconds. Operators: see /readyz and PANDASTACK_DATABASE_URL.',
      cause: error,
    });
  }
  return new DomainError('internal_error', 'Something went wrong on our side', {
    hint: 'Try again; if it stays, give the request id to the operator of this server.',
    cause: error,
  });
}

// The built product holds two copies of this module (the API's bundle and Next's), so instanceof alone would miss some.
function isDomainErrorOfAnotherBundle(error: unknown): error is DomainError {
  return error instanceof Error && error.name === 'DomainError' && 'code' in error && String(error.code) in STATUS_OF;
}

const DRIVER_OUTAGES = new Set(['CONNECT_TIMEOUT', 'CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'NOT_OPEN']);
const SOCKET_OUTAGES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'EMFILE',
  'ENFILE',
]);
// SQLSTATE: connection exceptions, transactions undone for another's sake, insufficient resources, operator intervention (shutdown, cancel), read-only, wrong password or role.
const SERVER_OUTAGES = /^(08|40|53|57|28)|^25006$|^3D000$/;

function isPostgresOutage(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const code = 'code' in cause ? String(cause.code) : '';
    if (DRIVER_OUTAGES.has(code)) return true;
    if (SOCKET_OUTAGES.has(code) && 'syscall' in cause && cause.syscall !== 'open') return true;
    if (cause.name === 'PostgresError' && SERVER_OUTAGES.test(code)) return true;
  }
  return false;
}
