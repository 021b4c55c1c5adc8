import { once } from 'node:events';
import type { Script, UpgradeScript } from './scripted-agent';

/** Nothing, ever: the caller's own patience must end it. */
export const saysNothing: Script = () => {};

/** A whole answer, after this long. */
export function answersAfter(milliseconds: number, body = '{}'): Script {
  return (_request, response) => {
    const timer = setTimeout(() => response.writeHead(200, { 'content-type': 'application/json' }).end(body), milliseconds);
    response.on('close', () => clearTimeout(timer));
  };
}

/** Bytes that are no HTTP. */
export const talksGarbage: Script = (request) => {
  request.socket.end('\x16\x03\x01 this is no HTTP\r\n\r\n');
};

/** The connection ends before a byte of an answer. */
export const closesEarly: Script = (request) => {
  request.socket.destroy();
};

/** The head and some of the body, then a reset. */
export const diesMidBody: Script = (request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 });
  response.write('{"begun":', () => request.socket.resetAndDestroy());
};

/** Two events of a stream, then a reset in the middle of the third. */
export const diesMidStream: Script = (request, response) => {
  beginStream(response);
  response.write('event: stdout\ndata: {"chunk":"one"}\n\nevent: stdout\ndata: {"chunk":"two"}\n\n');
  response.write('event: stdout\ndata: {"chu', () => request.socket.resetAndDestroy());
};

/** Promises `promised` bytes and sends others: fewer and then the end, or more. */
export function liesAboutLength(promised: number, body: string): Script {
  return (request) => {
    const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${promised}\r\nconnection: close\r\n\r\n`;
    request.socket.end(head + body);
  };
}

/** One header of this many bytes. */
export function hasLargeHeaders(bytes = 1_048_576): Script {
  return (request) => {
    request.socket.end(`HTTP/1.1 200 OK\r\nx-large: ${'a'.repeat(bytes)}\r\ncontent-length: 2\r\n\r\n{}`);
  };
}

/** Headers an agent has no business to send, beside an ordinary body. */
export function sendsHeaders(headers: Record<string, string | string[]>, status = 200): Script {
  return (_request, response) => void response.writeHead(status, headers).end('{}');
}

/** Events without end, one every `everyMs`. */
export function streamsForever(everyMs = 20): Script {
  return (_request, response) => {
    beginStream(response);
    let count = 0;
    const timer = setInterval(() => response.write(`event: line\ndata: {"line":"${count++}\\n"}\n\n`), everyMs);
    response.on('close', () => clearInterval(timer));
  };
}

/** A stream that is open and silent. */
export const streamsSilence: Script = (_request, response) => {
  beginStream(response);
};

/** So many bytes, as fast as the caller takes them and no faster; `sent` grows with what left. */
export function sendsHugeBody(bytes: number, sent = { bytes: 0 }): Script {
  return async (_request, response) => {
    const chunk = Buffer.alloc(65_536, 'x');
    const left = new AbortController();
    response.on('close', () => left.abort());
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': bytes });
    while (sent.bytes < bytes && !response.destroyed) {
      const part = chunk.subarray(0, Math.min(chunk.length, bytes - sent.bytes));
      sent.bytes += part.length;
      if (!response.write(part)) await once(response, 'drain', { signal: left.signal }).catch(() => {});
    }
    response.end();
  };
}

/** Refuses before the body is there, as an agent does that has seen enough of the head. */
export const refusesEarly: Script = (_request, response) => {
  response.writeHead(413, { 'content-type': 'application/json', connection: 'close' }).end('{"error":"too large"}');
};

/** A redirect, which nobody may follow. */
export function redirectsTo(location: string): Script {
  return sendsHeaders({ location }, 302);
}

/** An ordinary answer where a WebSocket was asked for. */
export function refusesUpgrade(status = 404, body = '{"error":"not found"}'): UpgradeScript {
  return (_request, socket) => {
    const head = `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n`;
    socket.end(head + body);
  };
}

function beginStream(response: Parameters<Script>[1]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();
}
