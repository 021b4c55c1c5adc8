/** Alive: this process answers. Looks at nothing else, so an outage elsewhere never restarts it. */
export async function GET(): Promise<Response> {
  return Response.json({ status: 'ok' }, { headers: { 'cache-control': 'no-store' } });
}
