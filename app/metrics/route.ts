import { DomainError } from '@/lib/errors';
import { mayReadMetrics, renderMetrics } from '@/lib/health/process-metrics';
import { endpoint } from '@/lib/http/endpoint';

/** For the holder of PANDASTACK_METRICS_TOKEN; to everyone else, and with PANDASTACK_METRICS_LISTEN, there is no such path. */
export const GET = endpoint(async (request) => {
  if (!mayReadMetrics(request.headers.get('authorization'), 'public'))
    throw new DomainError('not_found', 'There is no such path');
  const { contentType, text } = await renderMetrics();
  return new Response(text, { headers: { 'content-type': contentType } });
});
