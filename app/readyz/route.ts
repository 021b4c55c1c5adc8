import { readiness } from '@/lib/health/readiness';

/** Ready: requests may be sent here. */
export async function GET(): Promise<Response> {
  const { status, checks } = await readiness();
  const serving = status === 'ready' || status === 'degraded';
  return Response.json({ status, checks }, { status: serving ? 200 : 503, headers: { 'cache-control': 'no-store' } });
}
