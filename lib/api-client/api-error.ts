interface ApiErrorDetails {
  status: number;
  code: string;
  message: string;
  hint?: string;
  requestId?: string;
  fields?: { path: string; message: string }[];
}

/** A refusal by the API, or `network_error` (status 0) when it could not be reached. `message` is a sentence to show. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;
  readonly requestId: string | undefined;
  readonly fields: { path: string; message: string }[];

  constructor({ status, code, message, hint, requestId, fields = [] }: ApiErrorDetails) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.hint = hint;
    this.requestId = requestId;
    this.fields = fields;
  }

  /** What is wrong with one field of the form, if the API named it. */
  fieldMessage(path: string): string | undefined {
    return this.fields.find((field) => field.path === path)?.message;
  }
}

/** Any thrown value as an ApiError, so that an island has one thing to show. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError({
    status: 0,
    code: 'unexpected',
    message: 'Something went wrong in this page',
    hint: 'Reload the page and try again.',
  });
}

/** Reads the API's error body; tolerates proxies that answer with HTML. */
export async function readApiError(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const read = (key: string): string | undefined => {
    const value = isRecord(body) ? body[key] : undefined;
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return new ApiError({
    status: response.status,
    code: read('code') ?? 'unreadable_answer',
    message: read('error') ?? `The server answered ${response.status}`,
    hint: read('hint') ?? (response.status >= 500 ? 'Try again in a few seconds.' : undefined),
    requestId: read('request_id') ?? response.headers.get('x-request-id') ?? undefined,
    fields: isRecord(body) && Array.isArray(body.fields) ? body.fields.filter(isFieldProblem) : [],
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isFieldProblem(value: unknown): value is { path: string; message: string } {
  return isRecord(value) && typeof value.path === 'string' && typeof value.message === 'string';
}
