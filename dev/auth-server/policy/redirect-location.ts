import { PKCE_PREFIX } from './pkce';

type Pairs = Record<string, string>;

const ERROR_NAMES: Record<number, string> = {
  400: 'invalid_request',
  401: 'unauthorized_client',
  403: 'access_denied',
  500: 'server_error',
  503: 'temporarily_unavailable',
};

export interface RedirectError {
  status: number;
  code: string;
  message: string;
}

export const isPkceToken = (token: string): boolean => token.startsWith(PKCE_PREFIX);

/** Failure: always in the fragment; in the query too when the token belongs to the PKCE flow. */
export function errorLocation(url: string, error: RedirectError, isPkce: boolean): string {
  const name = ERROR_NAMES[error.status];
  const pairs: Pairs = { ...(name && { error: name }), error_code: error.code, error_description: error.message };
  return withFragment(isPkce ? withQuery(url, pairs) : url, pairs);
}

/** A provider's side failed or refused: query and fragment both say so. */
export function externalErrorLocation(url: string, pairs: Pairs): string {
  const told = Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== ''));
  return withFragment(withQuery(url, pairs), told);
}

/** Nobody knows where the flow began, so the site itself is told, in the query only. */
export function siteErrorLocation(siteUrl: string, error: RedirectError): string {
  return withQuery(siteUrl, externalErrorPairs(error));
}

const DENIALS = ['signup_disabled', 'user_banned', 'provider_email_needs_verification'];

export function externalErrorPairs({ status, code, message }: RedirectError): Pairs {
  const name = DENIALS.includes(code) ? 'access_denied' : (ERROR_NAMES[status] ?? 'server_error');
  return { error: name, error_code: code, error_description: message };
}

/** The first of two confirmations succeeded: a message, no session. */
export function messageLocation(url: string, message: string, isPkce: boolean): string {
  return withFragment(withQuery(url, isPkce ? { message } : {}), { message });
}

/** PKCE: the code travels in the query, where a server can read it. */
export function codeLocation(url: string, code: string): string {
  return withQuery(url, { code });
}

/** Implicit: the tokens travel in the fragment, which browsers do not send. */
export function tokenLocation(url: string, pairs: Pairs): string {
  return `${url}#${encode({ ...pairs, sb: '' })}`;
}

function withFragment(url: string, pairs: Pairs): string {
  const [base] = url.split('#', 1);
  // Supabase escapes the percent signs of this fragment a second time; clients have to live with it.
  return `${base}#${encode({ ...pairs, sb: '' }).replaceAll('%', '%25')}`;
}

function withQuery(url: string, pairs: Pairs): string {
  const [, base = '', query = '', fragment = ''] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(url) ?? [];
  const merged = { ...Object.fromEntries(new URLSearchParams(query)), ...pairs };
  const encoded = encode(merged);
  return `${base}${encoded && `?${encoded}`}${fragment}`;
}

/** Sorted by name and escaped like Go's url.Values.Encode. */
function encode(pairs: Pairs): string {
  return Object.entries(pairs)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${escapeQuery(name)}=${escapeQuery(value)}`)
    .join('&');
}

function escapeQuery(value: string): string {
  return encodeURIComponent(value)
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}
