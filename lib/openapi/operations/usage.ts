import { z } from 'zod';
import { usageAnswer } from '@/lib/usage/present-usage';
import { usageExportQuery, usageQuery } from '@/lib/usage/usage-range';
import type { Operation } from '../operation';

export const USAGE: Operation[] = [
  {
    method: 'GET',
    path: '/v1/usage',
    id: 'readUsage',
    tag: 'Usage',
    summary: 'What sandboxes used',
    description:
      'Sandbox-seconds, processor-seconds and GiB-seconds by day (UTC), by template and by sandbox, at most 50 of each, the largest first. Sandboxes that still run count up to now, and no second counts twice. The last 30 days where nothing is asked; at most 366.',
    who: 'usage:read',
    query: usageQuery,
    status: 200,
    answer: usageAnswer,
    errors: [],
  },
  {
    method: 'GET',
    path: '/v1/usage/export',
    id: 'exportUsage',
    tag: 'Usage',
    summary: 'What sandboxes used, as a file',
    description: 'A line a day (UTC) and sandbox.',
    who: 'usage:read',
    query: usageExportQuery,
    status: 200,
    answer: z.string().meta({ description: 'CSV (RFC 4180) with a header line.' }),
    answerType: 'text/csv',
    errors: [],
  },
];
