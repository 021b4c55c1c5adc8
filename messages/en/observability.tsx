import type { ReactNode } from 'react';
import { plural } from '../plural';

export const title = 'Observability';
export const description = 'What this organization asked of the API, and how its sandboxes started.';

export const lastHour = 'Last hour';
export const hours = (count: number) => plural(count, { one: '# hour', other: '# hours' });
export const days = (count: number) => plural(count, { one: '# day', other: '# days' });
export const compare = 'Compare with the period before';
export const hideCompared = 'Hide the period before';

export const requests = 'Requests';
export const serverErrors = 'Server errors';
export const slowestStep = 'Slowest step, p95';
export const sandboxesStarted = 'Sandboxes started';
export const change = (percent: string, aside: (text: string) => ReactNode) => (
  <>
    {percent} {aside('vs. before')}
  </>
);

export const requestsHint = 'Calls to the API in each step.';
export const noRequests = 'No requests in this range';
export const responseTime = 'Response time';
export const responseTimeHint = 'How long the API took: half of the calls, and 95 of 100.';
export const serverErrorsHint = 'Answers of status 500 and more.';
export const noErrors = 'No errors in this range';
export const errors = 'Errors';
export const sandboxesStartedHint = 'As the machines that run them reported.';
export const noStarts = 'No sandbox was started in this range';
export const started = 'Started';
export const bootTimes = 'Boot times';
export const bootTimesHint = 'From the request for a sandbox until it ran.';
export const warmStarts = 'Warm starts';
export const warmStartsHint = 'Sandboxes that came from a snapshot, not a cold boot.';
export const warm = 'Warm';
export const percentile = (percent: number) => `p${percent}`;
export const seriesBefore = (series: string) => `${series}, before`;

export const numbers = 'Numbers';
export const asTable = (chart: string) => `${chart}, as a table`;
export const dayUtc = 'Day (UTC)';
export const timeUtc = 'Time (UTC)';

export const busiest = 'Busiest sandboxes';
export const busiestHint = (most: number) => plural(most, { other: 'By the processor time they used in this range, at most #.' });
export const noReadings = 'No readings of a sandbox in this range';
export const sandbox = 'Sandbox';
export const cpuMean = 'CPU, mean';
export const memoryHighest = 'Memory, highest';
export const lastReading = 'Last reading';
