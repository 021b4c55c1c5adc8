import type { Boot } from '../agent';
import { answer, type Call, type Route, seesEverything } from '../http/call';

const DEFAULT_RECENT = 50;
const MOST_RECENT = 500;

export const statsRoutes: Route[] = [['GET', '/stats/boot', bootStats]];

/** How fast sandboxes came up, newest first. */
function bootStats(call: Call): void {
  const { agent, query, workspace } = call;
  const boots = agent.boots.filter((boot) => seesEverything(workspace) || boot.workspace === workspace);
  const limit = Math.min(MOST_RECENT, Math.max(1, Number(query.get('limit')) || DEFAULT_RECENT));
  const oldest = boots.at(-1)?.at.getTime() ?? Date.now();
  answer(call, 200, {
    total_samples: boots.length,
    window_seconds: Math.floor((Date.now() - oldest) / 1_000),
    overall: summarize(boots),
    by_mode: summarizeBy(boots, ({ bootMode }) => bootMode),
    by_template: summarizeBy(boots, ({ template }) => template),
    recent: boots.slice(0, limit).map(present),
  });
}

function present({ sandboxId, template, bootMode, bootMs, at }: Boot) {
  return { sandbox_id: sandboxId, template, boot_mode: bootMode, boot_ms: bootMs, ts: at.toISOString() };
}

function summarizeBy(boots: Boot[], key: (boot: Boot) => string) {
  const groups = Object.entries(Object.groupBy(boots, key));
  return Object.fromEntries(groups.map(([name, group = []]) => [name, summarize(group)]));
}

function summarize(boots: Boot[]) {
  const sorted = boots.map(({ bootMs }) => bootMs).toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const mean = sorted.length > 0 ? Math.floor(sorted.reduce((sum, ms) => sum + ms, 0) / sorted.length) : 0;
  return {
    ...{ count: sorted.length, min_ms: at(0), max_ms: at(1), mean_ms: mean },
    ...{ p50_ms: at(0.5), p90_ms: at(0.9), p99_ms: at(0.99) },
  };
}
