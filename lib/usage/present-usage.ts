import { z } from 'zod';
import { answeredTime } from '@/lib/input/answer-fields';
import type { Usage } from './read-usage';
import type { UsageRange } from './usage-range';
import type { Amounts } from './used-spans';

const amount = z.number().nonnegative();
const amountFields = {
  sandbox_seconds: amount.meta({ description: 'How long sandboxes ran.' }),
  cpu_seconds: amount.meta({ description: 'The processors they were given, times seconds.' }),
  gb_seconds: amount.meta({ description: 'The GiB of memory they were given, times seconds.' }),
};

export const usageAnswer = z.object({
  from: answeredTime,
  to: answeredTime.meta({ description: 'Not part of the range.' }),
  step: z.literal('day'),
  totals: z.object(amountFields),
  days: z.array(z.object({ day: z.iso.date(), ...amountFields })),
  templates: z.array(z.object({ template: z.string(), ...amountFields })),
  sandboxes: z.array(z.object({ sandbox_id: z.string(), template: z.string(), ...amountFields })),
});

/** Usage as the API tells it. */
export function presentUsage(
  { from, to }: UsageRange,
  { totals, days, templates, sandboxes }: Usage,
): z.input<typeof usageAnswer> {
  return {
    from: from.toISOString(),
    to: to.toISOString(),
    step: 'day',
    totals: presentAmounts(totals),
    days: days.map((row) => ({ day: row.day, ...presentAmounts(row) })),
    templates: templates.map((row) => ({ template: row.template, ...presentAmounts(row) })),
    sandboxes: sandboxes.map((row) => ({ sandbox_id: row.sandboxId, template: row.template, ...presentAmounts(row) })),
  };
}

function presentAmounts({ sandboxSeconds, cpuSeconds, gbSeconds }: Amounts) {
  return { sandbox_seconds: sandboxSeconds, cpu_seconds: cpuSeconds, gb_seconds: gbSeconds };
}
