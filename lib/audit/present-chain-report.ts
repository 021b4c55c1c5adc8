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
