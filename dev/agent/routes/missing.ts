import { answer, Refusal, type Route } from '../http/call';

function absent(what: string): Route[2] {
  return () => {
    throw new Refusal(501, `The stand-in agent has no ${what}: try it on a real agent.`);
  };
}

/** What a folder on this machine cannot stand in for. */
export const missingRoutes: Route[] = [
  ['GET', '/lsp/languages', (call) => answer(call, 200, { supported: [], note: 'the stand-in agent has no language servers' })],
  ['GET', '/sandboxes/:id/lsp/:language', absent('language servers')],
  ['ANY', '/sandboxes/:id/mcp', absent('MCP server')],
  ['ANY', '/sandboxes/:id/mcp/*', absent('MCP server')],
];
