'use client';

import { Link2, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Note } from '@/app/_ui/note';
import { ApiError } from '@/lib/api-client/api-error';
import { apiFetch } from '@/lib/api-client/api-fetch';
import type { PresentedChainReport } from '@/lib/audit/present-chain-report';
import * as words from '@/messages/audit';

type State = 'idle' | 'checking' | { report: PresentedChainReport } | { problem: string };

/** Has the server walk along the whole log, however long, and says in a line what it found. */
export function ChainCheck({ orgId }: { orgId: string }) {
  const [state, setState] = useState<State>('idle');

  async function check() {
    setState('checking');
    try {
      setState({ report: await apiFetch<PresentedChainReport>('GET', `/v1/orgs/${orgId}/audit-log/verify`) });
    } catch (error) {
      setState({ problem: error instanceof ApiError ? error.message : words.notChecked });
    }
  }

  const broken = typeof state === 'object' && 'report' in state && !state.report.intact;
  return (
    <>
      <div className="flex min-h-7 items-center gap-x-1.5 text-muted text-sm">
        <span role="status" className="flex min-w-0 items-center gap-1.5">
          <Verdict state={state} />
        </span>
        <Button variant="ghost" size="sm" className="-ml-1.5" pending={state === 'checking'} onClick={check}>
          {typeof state === 'object' ? words.verifyAgain : words.verify}
        </Button>
      </div>
      {broken && <Broken report={state.report} />}
    </>
  );
}

function Verdict({ state }: { state: State }) {
  if (typeof state === 'string') {
    return (
      <>
        <Link2 aria-hidden="true" className="size-3.5 shrink-0" />
        {state === 'checking' ? words.verifying : <span className="max-sm:sr-only">{words.eachIsChained}</span>}
      </>
    );
  }
  if ('problem' in state) return <span className="text-danger-ink">{state.problem}</span>;
  const { intact, verified, waiting, expired, unchained } = state.report;
  if (!intact) return <span className="text-danger-ink">{words.broken}</span>;
  const more = [
    waiting > 0 && words.waiting(waiting),
    expired > 0 && words.expired(expired),
    unchained > 0 && words.unchained(unchained),
  ].filter((part) => part !== false);
  return (
    <>
      <ShieldCheck aria-hidden="true" className="size-3.5 shrink-0 text-accent-ink" />
      <span className="tabular-nums">{more.length > 0 ? words.verifiedAnd(verified, more) : words.verified(verified)}</span>
    </>
  );
}

function Broken({ report }: { report: PresentedChainReport }) {
  const found = report.break;
  return (
    <Note tone="danger" icon={<ShieldAlert />} title={words.brokenTitle} className="mt-2 basis-full">
      {found && (
        <>
          {found.seq === null ? words.brokenOutside(found.meaning) : words.brokenAt(found.seq, found.meaning)}{' '}
          {found.event_id && <code className="font-mono text-xs">{found.event_id}</code>} {words.holdBefore(report.verified)}
        </>
      )}
    </Note>
  );
}
