'use client';

import { Link2, ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Note } from '@/app/_ui/note';
import { ApiError } from '@/lib/api-client/api-error';
import { apiFetch } from '@/lib/api-client/api-fetch';
import type { PresentedChainReport } from '@/lib/audit/present-chain-report';

type State = 'idle' | 'checking' | { report: PresentedChainReport } | { problem: string };

/** Has the server walk along the whole log, however long, and says in a line what it found. */
export function ChainCheck({ orgId }: { orgId: string }) {
  const [state, setState] = useState<State>('idle');

  async function check() {
    setState('checking');
    try {
      setState({ report: await apiFetch<PresentedChainReport>('GET', `/v1/orgs/${orgId}/audit-log/verify`) });
    } catch (error) {
      setState({ problem: error instanceof ApiError ? error.message : 'The log could not be checked' });
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
          {typeof state === 'object' ? 'Verify again' : 'Verify chain'}
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
        {state === 'checking' ? (
          'Verifying …'
        ) : (
          <span className="max-sm:sr-only">Each event is chained to the one before it.</span>
        )}
      </>
    );
  }
  if ('problem' in state) return <span className="text-danger-ink">{state.problem}</span>;
  const { intact, verified, waiting, expired, unchained } = state.report;
  if (!intact) return <span className="text-danger-ink">The chain is broken.</span>;
  const more = [
    waiting > 0 && `${count(waiting)} on their way`,
    expired > 0 && `${count(expired)} expired`,
    unchained > 0 && `${count(unchained)} from before the chain`,
  ].filter(Boolean);
  return (
    <>
      <ShieldCheck aria-hidden="true" className="size-3.5 shrink-0 text-accent-ink" />
      <span className="tabular-nums">
        {`Chain verified: ${count(verified)} ${verified === 1 ? 'event' : 'events'}`}
        {more.length > 0 && ` (${more.join(', ')})`}
      </span>
    </>
  );
}

function Broken({ report }: { report: PresentedChainReport }) {
  const found = report.break;
  return (
    <Note tone="danger" icon={<ShieldAlert />} title="This log is not what was recorded" className="mt-2 basis-full">
      {found && (
        <>
          {found.seq === null ? 'Outside the chain' : `At event ${count(found.seq)}`}: {found.meaning}.{' '}
          {found.event_id && <code className="font-mono text-xs">{found.event_id}</code>} The {count(report.verified)} events
          before it hold. Tell the operator of this server.
        </>
      )}
    </Note>
  );
}

function count(n: number): string {
  return n.toLocaleString('en');
}
