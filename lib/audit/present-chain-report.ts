import { z } from 'zod';
import { answeredTime } from '@/lib/input/answer-fields';
import type { ChainReport } from './verify-chain';

/** What a break means, for a person. */
const MEANING = {
  missing: 'an event is gone',
  altered: 'an event is not what was recorded',
  reordered: 'an event does not follow the one before it',
  truncated: 'the newest events are gone',
  rewritten: 'the log does not end with what Postgres remembers: it was written anew',
  foreign: 'an event is there that was never recorded',
};

/** A report as /v1 and the `pandastack` command tell it. */
export function presentChainReport(report: ChainReport) {
  const { orgId, intact, verified, waiting, expired, unchained, head } = report;
  const found = report.break;
  return {
    org_id: orgId,
    intact,
    verified,
    waiting,
    expired,
    unchained,
    head: { seq: head.seq, hash: head.hash, ts: head.lastAt },
    break: found && { kind: found.kind, seq: found.seq, event_id: found.eventId, meaning: MEANING[found.kind] },
  };
}

export type PresentedChainReport = ReturnType<typeof presentChainReport>;

export const chainReportAnswer = z
  .object({
    org_id: z.guid(),
    intact: z.boolean(),
    verified: z.number().meta({ description: 'Events whose place in the chain was proven.' }),
    waiting: z.number().meta({ description: 'How many of these wait for ClickHouse.' }),
    expired: z.number().meta({ description: 'Events that have reached the end of their year.' }),
    unchained: z.number().meta({ description: 'Events from before there was a chain.' }),
    head: z
      .object({ seq: z.number(), hash: z.string(), ts: answeredTime.nullable() })
      .meta({ description: 'What the chain ends with. Kept elsewhere, it proves that nobody wrote the whole chain anew.' }),
    break: z
      .object({
        kind: z.enum(Object.keys(MEANING)),
        seq: z.number().nullable(),
        event_id: z.string().nullable(),
        meaning: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'ChainReport', description: 'Whether the audit log of an organization is whole and unaltered.' });
