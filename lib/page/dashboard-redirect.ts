import { NextResponse } from 'next/server';
import { config } from '@/lib/config';
import type { SessionWrites } from '@/lib/supabase/cookie-jar';

/** 303 to a path of our own on the configured address: behind a proxy or in a container the request's host is anything. */
export function dashboardRedirect(path: string, writes?: SessionWrites): NextResponse {
  const response = NextResponse.redirect(`${config().dashboardUrl}${path}`, 303);
  for (const { name, value, options } of writes?.cookies ?? []) response.cookies.set(name, value, options);
  for (const [name, value] of Object.entries(writes?.headers ?? {})) response.headers.set(name, value);
  response.headers.set('Cache-Control', 'private, no-store');
  return response;
}
