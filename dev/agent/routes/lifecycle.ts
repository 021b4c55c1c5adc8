import type { Sandbox } from '../agent';
import { answer, type Call, Refusal, type Route, readJson, sandboxOf } from '../http/call';
import { saveSandbox } from '../registry/sandbox-rows';
import { hibernateSandbox, pauseSandbox, resumeSandbox, wakeSandbox } from '../sandboxes/hibernate-sandbox';
import { readTtl } from './sandboxes';

export const lifecycleRoutes: Route[] = [
  ['GET', '/sandboxes/:id/lifecycle', (call) => answer(call, 200, present(heldHere(call)))],
  ['PATCH', '/sandboxes/:id/lifecycle', change],
  ['POST', '/sandboxes/:id/pause', pause],
  ['POST', '/sandboxes/:id/resume', resume],
  ['POST', '/sandboxes/:id/hibernate', hibernate],
  ['POST', '/sandboxes/:id/stop', hibernate],
  ['POST', '/sandboxes/:id/wake', wake],
  ['POST', '/sandboxes/:id/start', wake],
];

function heldHere({ agent, params }: Call): Sandbox {
  const sandbox = agent.sandboxes.get(params.id ?? '');
  if (sandbox) return sandbox;
  throw new Refusal(404, 'sandbox not found');
}

function present({ ttlSeconds, persistent, lastActivity }: Sandbox) {
  return { ttl_seconds: ttlSeconds, persistent, idle_seconds: Math.floor((Date.now() - lastActivity) / 1_000) };
}

async function change(call: Call): Promise<void> {
  const sandbox = heldHere(call);
  const body = await readJson(call);
  sandbox.ttlSeconds = readTtl(body) ?? sandbox.ttlSeconds;
  if (typeof body.persistent === 'boolean') sandbox.persistent = body.persistent;
  await saveSandbox(call.agent, sandbox);
  answer(call, 200, present(sandbox));
}

async function pause(call: Call): Promise<void> {
  await pauseSandbox(call.agent, sandboxOf(call));
  answer(call, 204);
}

async function resume(call: Call): Promise<void> {
  await resumeSandbox(call.agent, sandboxOf(call));
  answer(call, 204);
}

async function hibernate(call: Call): Promise<void> {
  const sandbox = heldHere(call);
  if (sandbox.status === 'hibernated') throw new Error('sandbox not found or not running');
  await hibernateSandbox(call.agent, sandbox);
  answer(call, 200, { status: 'hibernated' });
}

async function wake(call: Call): Promise<void> {
  const sandbox = heldHere(call);
  if (sandbox.status !== 'hibernated') throw new Error('sandbox already running');
  await wakeSandbox(call.agent, sandbox);
  answer(call, 200, { status: 'running' });
}
