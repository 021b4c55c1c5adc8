import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Sandbox } from '../agent';
import { answer, type Call, number, Refusal, type Route, readJson, sandboxOf, text } from '../http/call';
import { saveSandbox } from '../registry/sandbox-rows';
import { processesOf } from '../sandboxes/sandbox-processes';

const KEY = 'port.';
const SSH_PORT = 22;
const MAX_PORT = 65_535;

export const portRoutes: Route[] = [
  ['GET', '/sandboxes/:id/ports', list],
  ['POST', '/sandboxes/:id/ports', declare],
  ['DELETE', '/sandboxes/:id/ports/:port', remove],
];

function present(sandbox: Sandbox, port: number, { listening = false, label = '' }) {
  return {
    port,
    ...(label && { label }),
    listening,
    source: label ? 'user' : 'detected',
    proxy_url: `/v1/sandboxes/${sandbox.id}/proxy/${port}/`,
  };
}

async function list(call: Call): Promise<void> {
  const sandbox = sandboxOf(call);
  const listening = await portsOf(sandbox);
  const labels = Object.entries(sandbox.metadata).filter(([key]) => key.startsWith(KEY));
  const labelOf = new Map(labels.map(([key, label]) => [Number(key.slice(KEY.length)), label]));
  const ports = [...new Set([...labelOf.keys(), ...listening])].toSorted((a, b) => a - b);
  answer(
    call,
    200,
    ports.map((port) => present(sandbox, port, { listening: listening.has(port), label: labelOf.get(port) ?? '' })),
  );
}

/** Where the sandbox's own processes listen: the machine's other ports are not the sandbox's. None where `ss` is not there. */
async function portsOf(sandbox: Sandbox): Promise<Set<number>> {
  const mine = new Set(processesOf(sandbox).map(String));
  const { stdout } = await promisify(execFile)('ss', ['-tlnpH']).catch(() => ({ stdout: '' }));
  const lines = stdout.split('\n').filter((line) => [...line.matchAll(/pid=(\d+)/g)].some(([, pid = '']) => mine.has(pid)));
  return new Set(lines.map((line) => Number(/:(\d+)\s/.exec(line)?.[1])));
}

async function declare(call: Call): Promise<void> {
  const sandbox = sandboxOf(call);
  const body = await readJson(call);
  const port = checkPort(number(body.port));
  if (port === SSH_PORT) throw new Refusal(400, 'port 22 is reserved (ssh bridge)');
  const label = text(body.label) || 'service';
  sandbox.metadata[KEY + port] = label;
  await saveSandbox(call.agent, sandbox);
  answer(call, 201, present(sandbox, port, { label }));
}

async function remove(call: Call): Promise<void> {
  const sandbox = sandboxOf(call);
  delete sandbox.metadata[KEY + checkPort(Number(call.params.port))];
  await saveSandbox(call.agent, sandbox);
  answer(call, 204);
}

export function checkPort(port: number | undefined): number {
  if (port !== undefined && Number.isInteger(port) && port >= 1 && port <= MAX_PORT) return port;
  throw new Refusal(400, 'port must be 1..65535');
}
