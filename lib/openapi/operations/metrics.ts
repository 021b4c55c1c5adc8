import { z } from 'zod';
import { answeredTime } from '@/lib/input/answer-fields';
import { metricsQuery, STEPS } from '@/lib/metrics/metrics-range';
import { OVERVIEW_SERIES } from '@/lib/metrics/read-overview';
import { SANDBOX_SERIES } from '@/lib/metrics/read-sandbox-metrics';
import type { Operation } from '../operation';

const series = z
  .array(z.tuple([answeredTime, z.number().nullable()]))
  .meta({ description: 'When each step begins, and its value; null where nothing was measured.' });

function answerOf(names: readonly string[]) {
  return z.object({
    from: answeredTime,
    to: answeredTime.meta({ description: 'Not part of the range.' }),
    step: z.enum(Object.keys(STEPS)),
    series: z.object(Object.fromEntries(names.map((name) => [name, series]))),
  });
}

export const METRICS: Operation[] = [
  {
    method: 'GET',
    path: '/v1/metrics/overview',
    id: 'readOverview',
    tag: 'Metrics',
    summary: 'Requests and sandbox starts over time',
    description:
      '`http_rps` and `sb_creates` count a step’s requests and starts, `http_errors` its answers of 500 and more; `_p50`, `_p95` and `_p99` are milliseconds, `boot_warm_pct` is the share of starts in percent that were not cold. The last hour by the minute where nothing is asked; at most 30 days and 10,000 points.',
    who: 'metrics:read',
    query: metricsQuery,
    status: 200,
    answer: answerOf(OVERVIEW_SERIES),
    errors: [],
  },
  {
    method: 'GET',
    path: '/v1/metrics/sandbox/{id}',
    id: 'readSandboxMetrics',
    tag: 'Metrics',
    summary: 'What a sandbox used over time',
    description: 'The mean of `cpu_pct` and `mem_bytes` in each step, and the highest reading of the four counters.',
    who: 'metrics:read',
    query: metricsQuery,
    status: 200,
    answer: answerOf(SANDBOX_SERIES),
    errors: [],
  },
];
