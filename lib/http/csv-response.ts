/**
 * A file to download, sent as fast as it is read: the next piece is asked for when the last one is on its way. The first piece is
 * awaited, so that what cannot be read at all is refused like everything else; what fails later breaks the connection.
 */
export async function csvResponse(pieces: AsyncGenerator<string>, name: string): Promise<Response> {
  const first = await pieces.next();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        if (first.done) controller.close();
        else controller.enqueue(encoder.encode(first.value));
      },
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
  const headers = {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
  };
  return new Response(body, { headers });
}

/** Whether a client asks for CSV rather than JSON. */
export function wantsCsv(request: Request): boolean {
  return /(^|,)\s*text\/csv\b/i.test(request.headers.get('accept') ?? '');
}
