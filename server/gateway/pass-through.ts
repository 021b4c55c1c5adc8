import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import type { Dispatcher } from 'undici';
import { DomainError } from '@/lib/errors';
import { headersForAgent } from '@/lib/gateway/agent-headers';
import type { Agent } from '@/lib/gateway/list-agents';
import { forgetPlace } from '@/lib/gateway/locate-sandbox';
import { watchCall } from '@/lib/gateway/open-calls';
import { agentPool, neverArrived, refuseNodeTokenAnswer, unreachable } from './agent-client';
import { countPassed } from './collect-passed';
import { answerHeaders, type Exchange, hasBody, isEventStream, refuse } from './exchange';
import { patience } from './patience';

/** A body that came whole and has at most this many bytes leaves in one piece with its head. */
const MOST_IN_ONE_PIECE = 16 * 1024;

/** Passes a call to an agent and its answer back, byte for byte and no faster than it is read. Resolves when it is over, however. */
export function passThrough(exchange: Exchange, agent: Agent): Promise<void> {
  return new Promise((done) => {
    // Whoever left while the sandbox was looked for is not told of again.
    if (exchange.outgoing.destroyed) return done();
    const passage = new Passage(exchange, agent, done);
    agentPool().dispatch(passage.request(), passage);
  });
}

/** The body of a request for an agent; null when it has none. Apart from the request itself, which an agent's early end must not destroy. */
export function bodyOf({ incoming }: Pick<Exchange, 'incoming'>): PassThrough | null {
  if (!hasBody(incoming)) return null;
  const body = new PassThrough();
  // Whoever reads it lets go of it with the answer; the sender may still break off.
  body.on('error', () => {});
  if (incoming.destroyed && !incoming.complete) return body.destroy(new Error('the client left'));
  endSilentSender(incoming);
  incoming.once('error', (error) => body.destroy(error));
  incoming.once('aborted', () => body.destroy(new Error('the client left')));
  incoming.on('data', (piece: Buffer) => countPassed(piece.length));
  return incoming.pipe(body);
}

/** Node closes the connection of a sender who falls silent within a body; after it the answer may take its time. */
export function endSilentSender(incoming: IncomingMessage): void {
  incoming.socket.setTimeout(patience.bodySilence);
  incoming.once('end', () => incoming.socket.setTimeout(0));
}

class Passage implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private over = false;
  private again = false;
  private silence: NodeJS.Timeout | undefined;
  private isStream = false;
  private length = -1;
  private readonly forgetCall: () => void;
  private ended: DomainError | undefined;

  constructor(
    private readonly exchange: Exchange,
    private readonly agent: Agent,
    private readonly done: () => void,
  ) {
    const { access, outgoing } = exchange;
    this.forgetCall = watchCall({ access, end: (why) => this.end(why) });
    outgoing.on('close', () => this.clientGone());
    outgoing.on('drain', () => this.goOn());
  }

  request(): Dispatcher.DispatchOptions {
    const { incoming, target, access } = this.exchange;
    const method = incoming.method as Dispatcher.HttpMethod;
    return {
      origin: this.agent.endpoint,
      path: target.path,
      method,
      headers: headersForAgent(incoming.rawHeaders, access),
      body: bodyOf(this.exchange),
      headersTimeout: method === 'GET' || method === 'HEAD' ? patience.read : patience.command,
    };
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.over) controller.abort(new Error('the client left'));
    else if (this.ended) controller.abort(this.ended);
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    const { outgoing, incoming, target } = this.exchange;
    if (status < 200) return;
    refuseNodeTokenAnswer(status);
    if (status === 404 && target.about === 'sandbox') forgetPlace(target.name);
    this.isStream = isEventStream(headers);
    this.length = Number(headers['content-length'] ?? -1);
    const answer = answerHeaders(this.exchange, headers);
    if (!incoming.complete) answer.connection = 'close';
    outgoing.writeHead(status, answer);
    if (status === 204 || status === 304) this.finish(() => outgoing.end());
    else if (this.isStream) outgoing.flushHeaders();
    else this.waitFor('the next bytes of the answer', patience.answerSilence);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    countPassed(chunk.length);
    if (this.over) return;
    if (chunk.length === this.length && chunk.length <= MOST_IN_ONE_PIECE) {
      // Node sends a head and a text that follows it as one write; latin1 is byte for byte.
      this.exchange.outgoing.end(chunk.toString('latin1'), 'latin1');
      return;
    }
    if (this.exchange.outgoing.write(chunk)) {
      this.silence?.refresh();
      return;
    }
    controller.pause();
    this.waitFor('the reader', patience.unread);
  }

  private goOn(): void {
    if (this.over) return;
    clearTimeout(this.silence);
    if (!this.isStream) this.waitFor('the next bytes of the answer', patience.answerSilence);
    this.controller?.resume();
  }

  private waitFor(what: string, milliseconds: number): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.controller?.abort(new Error(`waited for ${what} too long`)), milliseconds).unref();
  }

  onResponseEnd(): void {
    const { outgoing } = this.exchange;
    this.finish(() => outgoing.writableEnded || outgoing.end());
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.mayAskAgain(error)) {
      this.again = true;
      agentPool().dispatch(this.request(), this);
      return;
    }
    this.finish(() => this.fail(this.ended ?? (error instanceof DomainError ? error : unreachable(error))));
  }

  /** RFC 9110, section 9.2.2: what only reads is asked once more when its connection, kept from before, was closed at that moment. */
  private mayAskAgain(error: Error & { code?: string }): boolean {
    const { incoming, outgoing } = this.exchange;
    const reads = incoming.method === 'GET' || incoming.method === 'HEAD';
    if (this.again || this.over || this.ended || !reads || hasBody(incoming) || outgoing.headersSent || outgoing.destroyed)
      return false;
    return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '');
  }

  private fail(error: DomainError): void {
    const { target, outgoing } = this.exchange;
    if (target.about === 'sandbox' && neverArrived(error)) forgetPlace(target.name);
    if (outgoing.headersSent && this.isStream && !outgoing.destroyed) this.tellInStream(error);
    else refuse(this.exchange, error);
  }

  /** A stream that ends without a word reads like a command that ended well: clients take it for exit code 0. */
  private tellInStream({ message, code, hint }: DomainError): void {
    const data = JSON.stringify({ error: message, code, hint });
    this.exchange.outgoing.end(`\n\nevent: error\ndata: ${data}\n\n`);
  }

  private end(why: DomainError): void {
    this.ended = why;
    this.controller?.abort(why);
  }

  private clientGone(): void {
    if (this.over) return;
    this.finish(() => this.controller?.abort(new Error('the client left')));
  }

  private finish(last: () => void): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.silence);
    this.forgetCall();
    last();
    this.done();
  }
}
