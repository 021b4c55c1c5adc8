import type { Amounts } from '@/lib/usage/used-spans';
import { plural } from '../plural';

export const title = 'Usage';
export const description = 'How long sandboxes ran, and the processors and memory they were given. Days are in UTC.';
export const exportCsv = 'Export CSV';
export const days = (count: number) => plural(count, { one: '# day', other: '# days' });

export const measures: Record<keyof Amounts, string> = {
  sandboxSeconds: 'Sandbox hours',
  cpuSeconds: 'CPU hours',
  gbSeconds: 'GiB hours',
};
export const measuresByDay: Record<keyof Amounts, string> = {
  sandboxSeconds: 'Sandbox hours by day',
  cpuSeconds: 'CPU hours by day',
  gbSeconds: 'GiB hours by day',
};
export const measureHints: Record<keyof Amounts, string> = {
  sandboxSeconds: 'How long sandboxes ran.',
  cpuSeconds: 'The processors they were given.',
  gbSeconds: 'The memory they were given.',
};

export const byTemplate = 'By template';
export const template = 'Template';
export const noTemplate = '(none)';
export const bySandbox = 'By sandbox';
export const sandbox = 'Sandbox';
export const byTime = 'By how long they ran in this range.';
export const byTimeLargest = (count: number) => plural(count, { other: 'By how long they ran in this range, the # largest.' });

export const nothing = 'Nothing was used in this range';
export const nothingHint =
  'Sandboxes count from the moment their machine reports them. Pick another range, or start one through the API.';
