import { timingSafeEqual } from 'node:crypto';
import { findSandboxRow } from '../registry/sandbox-rows';
import { wakeSandbox } from '../sandboxes/hibernate-sandbox';
import { type Call, Refusal, seesEverything } from './call';

const OPEN = ['/healthz', '/version'];
const LIFECYCLE = ['hibernate', 'wake', 'stop', 'start'];

/** Throws 401 when a token is asked for and X-Node-Token is not it. */
export function checkNodeToken({ agent, request, path }: Call): void {
  const { nodeToken } = agent.options;
  if (nodeToken === undefined || OPEN.includes(path)) return;
  const wanted = Buffer.from(nodeToken);
  const got = Buffer.from(String(request.headers['x-node-token'] ?? '').trim());
  if (wanted.length !== got.length || !timingSafeEqual(wanted, got)) throw new Refusal(401, 'node token invalid');
}

/** Throws 404 for a sandbox of another workspace, or of none, unless the caller sees everything. */
export async function checkOwner({ agent, params, path, workspace }: Call): Promise<void> {
  if (!path.startsWith('/sandboxes/') || seesEverything(workspace)) return;
  const sandbox = await findSandboxRow(agent, params.id ?? '');
  if (sandbox?.metadata.workspace !== workspace) throw new Refusal(404, 'not found');
}

/** Whoever uses a hibernated sandbox wakes it, and its idle time begins anew. */
export async function noteActivity({ agent, params, path, request }: Call): Promise<void> {
  const sandbox = path.startsWith('/sandboxes/') ? agent.sandboxes.get(params.id ?? '') : undefined;
  if (!sandbox) return;
  sandbox.lastActivity = Date.now();
  const [, , , action = ''] = path.split('/');
  if (sandbox.status !== 'hibernated' || LIFECYCLE.includes(action) || request.method === 'DELETE') return;
  await wakeSandbox(agent, sandbox);
}
