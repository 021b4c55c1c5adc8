import { randomBytes } from 'node:crypto';
import type { Config } from '@/lib/config';

interface HeaderInput {
  config: Pick<Config, 'dashboardUrl' | 'apiUrl' | 'supabase'>;
  nonce: string;
  path: string;
  /** React evaluates code in development to rebuild server stacks. */
  development: boolean;
}

/** Fresh for every response: a guessable nonce would be no nonce. */
export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/** The security headers of every page. */
export function securityHeaders(input: HeaderInput): Record<string, string> {
  const secure = input.config.dashboardUrl.startsWith('https:');
  return {
    'Content-Security-Policy': contentSecurityPolicy(input),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    // An invite's secret is in its path, so nothing may learn that path.
    'Referrer-Policy': input.path.startsWith('/invite/') ? 'no-referrer' : 'strict-origin-when-cross-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
    ...(secure ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  };
}

/** Scripts run by nonce alone. Styles may stand inline: dialogs and toasts position themselves that way. */
export function contentSecurityPolicy({ config, nonce, development }: HeaderInput): string {
  const { dashboardUrl, apiUrl, supabase } = config;
  // A terminal is a WebSocket to where the API is; not every browser takes that for 'self'.
  const sockets = (apiUrl || dashboardUrl).replace(/^http/, 'ws');
  const connect = ["'self'", apiUrl, sockets, supabase ? new URL(supabase.publicUrl).origin : '', development ? 'ws:' : ''];
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${connect.filter(Boolean).join(' ')}`,
    "object-src 'none'",
    "base-uri 'none'",
    // Chromium checks the redirect after a form too, and ours always lead to the configured address.
    `form-action 'self' ${dashboardUrl}`,
    "frame-ancestors 'none'",
    "frame-src 'none'",
  ].join('; ');
}
