import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mayReadMetrics, renderMetrics } from '@/lib/health/process-metrics';
import { logger } from '@/lib/log';
import { LIMITS } from './http-server';

/** A server that knows /metrics and nothing else, for an address that strangers do not reach. Ends with the process. */
export function createMetricsServer(): Server {
  return createServer(LIMITS, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      logger().error({ err: error }, 'the metrics could not be told');
      tell(response, 500, 'The metrics could not be told\n');
    });
  });
}

async function answer({ url, method, headers }: IncomingMessage, response: ServerResponse): Promise<void> {
  if (url?.split('?', 1)[0] !== '/metrics') return tell(response, 404, 'There is nothing here but /metrics\n');
  if (method !== 'GET' && method !== 'HEAD') return tell(response, 405, 'GET it\n', { allow: 'GET, HEAD' });
  if (!mayReadMetrics(headers.authorization ?? null, 'own')) {
    return tell(response, 401, 'Send Authorization: Bearer with PANDASTACK_METRICS_TOKEN\n', { 'www-authenticate': 'Bearer' });
  }
  const { contentType, text } = await renderMetrics();
  tell(response, 200, text, { 'content-type': contentType });
}

function tell(response: ServerResponse, status: number, text: string, headers: Record<string, string> = {}): void {
  const standard = { 'content-type': 'text/plain', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };
  response.writeHead(status, { ...standard, ...headers }).end(text);
}
