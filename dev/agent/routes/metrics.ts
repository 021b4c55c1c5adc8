import { uptime } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '../agent';
import { answer, type Call, type Route, sandboxOf } from '../http/call';
import { type ProcessUse, processesOf, useOf } from '../sandboxes/sandbox-processes';

const SAMPLE_MS = 200;
const TICKS_A_SECOND = 100;
const PAGE_BYTES = 4_096;

export const metricsRoutes: Route[] = [['GET', '/sandboxes/:id/metrics', metrics]];

/** Of all its processes together; a real agent tells of the one virtual machine. */
async function metrics(call: Call): Promise<void> {
  const sandbox = sandboxOf(call);
  const before = uses(sandbox);
  await pause(SAMPLE_MS);
  const [pid = 0] = processesOf(sandbox);
  const after = uses(sandbox);
  const sum = (of: (use: ProcessUse) => number) => after.reduce((total, use) => total + of(use), 0);
  const ticks = sum((use) => use.ticks) - before.reduce((total, use) => total + use.ticks, 0);
  const seconds = sandbox.runningSince === undefined ? 0 : (Date.now() - sandbox.runningSince) / 1_000;
  answer(call, 200, {
    pid,
    uptime_seconds: Math.floor(Math.min(seconds, uptime())),
    host_cpu_percent: (Math.max(0, ticks) / TICKS_A_SECOND / (SAMPLE_MS / 1_000)) * 100,
    host_rss_bytes: sum((use) => use.residentPages) * PAGE_BYTES,
    host_vsz_bytes: sum((use) => use.virtualBytes),
    threads: sum((use) => use.threads),
  });
}

function uses(sandbox: Sandbox): ProcessUse[] {
  return processesOf(sandbox).flatMap((pid) => useOf(pid) ?? []);
}
