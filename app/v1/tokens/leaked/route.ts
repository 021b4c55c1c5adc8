import { requestOrigin } from '@/lib/auth/request-origin';
import { endpoint } from '@/lib/http/endpoint';
import { readInput } from '@/lib/http/read-input';
import { noContent } from '@/lib/http/reply';
import { leakReport, reportLeakedToken } from '@/lib/tokens/report-leaked-token';

/** Asks for no credential: the token in the body is one. */
export const POST = endpoint(async (request) => {
  const { token } = await readInput(request, leakReport);
  await reportLeakedToken(token, requestOrigin(request));
  return noContent();
});
