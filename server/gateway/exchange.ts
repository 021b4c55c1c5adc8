import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OrgAccess } from '@/lib/access/org-access';
import { atMostOnceAMinute } from '@/lib/auth/at-most-once-a-minute';
import type { RequestHead } from '@/lib/auth/request-origin';
import { requestOrigin } from '@/lib/auth/request-origin';
import { traceRefusal } from '@/lib/auth/request-trace';
import { asDomainError, type DomainError } from '@/lib/errors';
import { headersForClient } from '@/lib/gateway/agent-headers';
import type { GatewayTarget } from '@/lib/gateway/gateway-path';
import { errorAnswer, standardHeaders } from '@/lib/http/error-response';
import { logger } from '@/lib/log';
import { patience } from './patience';

/** One call on its way through the gateway. */
export interface Exchange {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  head: RequestHead;
  target: GatewayTarget;
  access: OrgAccess<'sandboxes:use'>;
  /** Beyond those every answer carries: for the dashboard on another host. */
  corsHeaders: Record<string, string>;
  /** An order that may have been carried out, whatever is answered. */
  isUnclear?: boolean;
}

/** As nginx writes it in its log: the client left before there was an answer. */
export const CLIENT_LEFT = 499;

/** The headers of a request as a Request has them: several of a name are one, so that none of them goes unseen. */
export function headOf({ rawHeaders }: IncomingMessage): RequestHead {
  const get = (name: string) => {
    let found: string | null = null;
    for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
      const raw = rawHeaders[i] ?? '';
      if (raw.length !== name.length || raw.toLowerCase() !== name) continue;
      found = found === null ? (rawHeaders[i + 1] ?? '') : `${found}, ${rawHeaders[i + 1]}`;
    }
    return found;
  };
  return { headers: { get } };
}

/** What an answer of an agent is sent with. Documents of sandboxes are strangers' documents: they run nothing at this address. */
export function answerHeaders(
  { head, corsHeaders }: Pick<Exchange, 'head' | 'corsHeaders'>,
  fromAgent: Record<string, string | string[] | undefined>,
): Record<string, string | string[]> {
  const headers = headersForClient(fromAgent);
  if (typeof headers.location === 'string' && headers.location.startsWith('/')) headers.location = `/v1${headers.location}`;
  Object.assign(headers, standardHeaders(requestOrigin(head).requestId), corsHeaders);
  headers['content-security-policy'] = "sandbox; default-src 'none'";
  headers['cross-origin-resource-policy'] ??= 'same-origin';
  if (isEventStream(headers)) headers['x-accel-buffering'] = 'no';
  return headers;
}

/** Whether an answer is server-sent events, which never end by themselves. */
export function isEventStream(headers: Record<string, string | string[] | undefined>): boolean {
  return String(headers['content-type'] ?? '')
    .toLowerCase()
    .startsWith('text/event-stream');
}

/** Whether a request has a body, whatever is there of it. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}

/** Answers with a refusal, as every route of /v1 does. After the head of another answer has gone out there is only to break off. */
export function refuse(
  { incoming, outgoing, head, corsHeaders }: Pick<Exchange, 'incoming' | 'outgoing' | 'head' | 'corsHeaders'>,
  thrown: unknown,
): void {
  const error = asDomainError(thrown);
  const origin = requestOrigin(head);
  traceRefusal(origin, error);
  if (error.status >= 500) tellOperator(error, origin.requestId);
  if (outgoing.destroyed) return;
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  const { status, headers, body } = errorAnswer(error, origin.requestId);
  // What has no body is not complete either in the turn it arrived in.
  const isSending = !incoming.complete && hasBody(incoming);
  if (isSending) headers.connection = 'close';
  outgoing.writeHead(status, { ...headers, ...corsHeaders, 'content-length': String(Buffer.byteLength(body)) }).write(body);
  if (isSending) endWhenHeard(incoming, outgoing);
  else outgoing.end();
  if (!incoming.complete) incoming.resume();
}

/** That no machine is there is one state, whoever asks how often: each page and each search of the dashboard does. */
function tellOperator(error: DomainError, requestId: string): void {
  const tell = () => logger().warn({ requestId, code: error.code, err: error.cause ?? error }, error.message);
  if (error.code === 'capacity_unavailable') atMostOnceAMinute('capacity_unavailable', tell);
  else tell();
}

/** A connection that is closed under its sender is reset, and what it was told may be lost with it (RFC 9112, section 9.6). */
function endWhenHeard(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const end = () => {
    clearTimeout(timer);
    outgoing.end();
  };
  const timer = setTimeout(end, patience.linger).unref();
  incoming.once('end', end).once('close', end);
}
