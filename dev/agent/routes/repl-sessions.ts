import type { ReplSession, Sandbox } from '../agent';
import { answer, type Call, number, Refusal, type Route, readJson, readOptionalJson, sandboxOf, text } from '../http/call';
import { closeSession, openSession } from '../sandboxes/open-session';

const DEFAULT_TIMEOUT_MS = 30_000;

export const replSessionRoutes: Route[] = [
  ['POST', '/sandboxes/:id/repl/sessions', open],
  ['GET', '/sandboxes/:id/repl/sessions', list],
  ['POST', '/sandboxes/:id/repl/sessions/:session/run', run],
  ['DELETE', '/sandboxes/:id/repl/sessions/:session', close],
];

function present(sandbox: Sandbox, { id, language, createdAt }: ReplSession) {
  return { id, sandbox_id: sandbox.id, language, created_at: createdAt.toISOString() };
}

async function open(call: Call): Promise<void> {
  const sandbox = sandboxOf(call);
  const body = await readOptionalJson(call);
  const language = text(body.language).toLowerCase().trim() || 'python';
  answer(call, 201, present(sandbox, await openSession(sandbox, language)));
}

function list(call: Call): void {
  const sandbox = sandboxOf(call);
  const sessions = [...sandbox.sessions.values()];
  answer(
    call,
    200,
    sessions.map((session) => ({ ...present(sandbox, session), cells: session.cells })),
  );
}

function find(call: Call): ReplSession {
  const session = sandboxOf(call).sessions.get(call.params.session ?? '');
  if (session) return session;
  throw new Refusal(404, 'session not found');
}

async function run(call: Call): Promise<void> {
  const session = find(call);
  const body = await readJson(call);
  const code = text(body.code);
  if (!code) throw new Refusal(400, 'code required');
  const began = performance.now();
  const result = await session.run(code, number(body.timeout_ms) || DEFAULT_TIMEOUT_MS);
  answer(call, 200, { ...result, duration_ms: Math.round(performance.now() - began) });
}

function close(call: Call): void {
  closeSession(sandboxOf(call), find(call));
  answer(call, 204);
}
