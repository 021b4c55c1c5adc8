import { NextResponse } from 'next/server';
import type { SessionWrites } from '@/lib/supabase/cookie-jar';

/** JSON about the session of this browser, with the cookies it has to keep. Never stored by anybody. */
export function sessionAnswer(body: object, status: number, writes: SessionWrites | null = null): NextResponse {
  const response = NextResponse.json(body, { status });
  for (const { name, value, options } of writes?.cookies ?? []) response.cookies.set(name, value, options);
  response.headers.set('Cache-Control', 'private, no-store');
  if (status === 503) response.headers.set('Retry-After', '5');
  return response;
}
