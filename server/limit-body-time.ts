import type { IncomingMessage, ServerResponse } from 'node:http';

/** Answers 408 and closes the connection of a request whose body is not all there after `milliseconds`. */
export function limitBodyTime(request: IncomingMessage, response: ServerResponse, milliseconds: number): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding === undefined && (length === undefined || length === '0')) return;
  const timer = setTimeout(() => {
    if (request.complete) return;
    if (!response.headersSent) request.socket.write('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n');
    request.socket.destroySoon();
  }, milliseconds).unref();
  request.once('close', () => clearTimeout(timer));
}
