import { answer, type Route } from '../http/call';
import { VERSION } from '../options';

export const healthRoutes: Route[] = [
  ['GET', '/healthz', (call) => answer(call, 200, { status: 'ok' })],
  ['GET', '/version', (call) => answer(call, 200, { semver: VERSION, agent_id: call.agent.id })],
];
