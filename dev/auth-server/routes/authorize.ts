import { type Context, Hono } from 'hono';
import { AuthError } from '../auth-error';
import type { AuthServerContext } from '../auth-server-context';
import { requestAudience } from '../authenticate';
import { finishAuthorization, loadFlow } from '../external/finish-authorization';
import { startAuthorization } from '../external/start-authorization';
import { externalErrorLocation, externalErrorPairs, siteErrorLocation } from '../policy/redirect-location';
import { resolveRedirect } from '../policy/redirect-url';
import type { FlowState } from '../store/flow-states';

/** Signing in with a provider: off to its page, and back from it. */
export function authorizeRoutes(server: AuthServerContext): Hono {
  return new Hono()
    .get('/authorize', (c) => c.redirect(startAuthorization(server, c), 302))
    .on(['GET', 'POST'], '/callback', async (c) => {
      const answer = await readAnswer(c);
      const loaded = loadOrRefuse(server, answer.state ?? '');
      if (loaded instanceof AuthError) return c.redirect(siteErrorLocation(server.config.siteUrl, loaded), 303);
      return c.redirect(await nextLocation(server, c, { flow: loaded, answer }), 302);
    });
}

type Answer = Record<string, string>;

interface Return {
  flow: FlowState;
  answer: Answer;
}

async function readAnswer(c: Context): Promise<Answer> {
  if (c.req.method === 'GET') return c.req.query();
  const form = await c.req.parseBody();
  return Object.fromEntries(Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function loadOrRefuse(server: AuthServerContext, state: string): FlowState | AuthError {
  try {
    return loadFlow(server, state);
  } catch (error) {
    if (error instanceof AuthError) return error;
    throw error;
  }
}

async function nextLocation(server: AuthServerContext, c: Context, { flow, answer }: Return): Promise<string> {
  if (answer.error) {
    const { error, error_description = '' } = answer;
    return externalErrorLocation(flow.referrer, { error, error_description });
  }
  try {
    const confirmationRedirect = resolveRedirect(server.config, c);
    return await finishAuthorization(server, { flow, code: answer.code ?? '', aud: requestAudience(c), confirmationRedirect });
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    return externalErrorLocation(flow.referrer, externalErrorPairs(error));
  }
}
