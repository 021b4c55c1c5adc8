import { join } from 'node:path';
import process from 'node:process';
import { RECIPE } from '../../../dev/artefact/recipe';
import type { AuthServerReady } from '../../../dev/start/auth-server-child';
import { type Child, startChild } from '../../../dev/start/child';
import { pidInside, runInside, type Sandbox } from './sandbox';

const PATIENCE_MS = 60_000;
const POLL_MS = 50;

export interface Container {
  /** As seen from this machine. */
  pid: number;
  /** Everything it has written to its terminal. */
  output(): string;
  exited: Promise<number | null>;
  /** As `docker stop` does. Returns the exit code. */
  stop(): Promise<number | null>;
}

/** Runs the image's command and waits until it is ready, or ends: then throws with all it said. */
export async function startContainer(sandbox: Sandbox, url: string, env: Record<string, string>): Promise<Container> {
  const child = runInside(sandbox, RECIPE.command, env);
  let output = '';
  child.stdout?.on('data', (chunk) => (output += chunk));
  child.stderr?.on('data', (chunk) => (output += chunk));
  let ended = false;
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve)).finally(() => {
    ended = true;
  });
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isReady(url))) {
    if (ended || Date.now() > deadline)
      throw new Error(`The product did not become ready (exit code ${child.exitCode}):\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const pid = pidInside(child);
  const stop = () => {
    process.kill(pid, RECIPE.stopSignal);
    return exited;
  };
  return { pid, output: () => output, exited, stop };
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

/** A project of Supabase to go with it. */
export function startProject(siteUrl: string, port: number): Promise<Child<AuthServerReady>> {
  const args = ['--import', 'tsx', join('dev', 'start', 'auth-server-child.ts'), '--site-url', siteUrl];
  return startChild({ name: 'auth', args, env: { ...process.env, DEV_AUTH_PORT: String(port) } });
}
