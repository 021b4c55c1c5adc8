import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from '@/app/_ui/badge';
import { CopyButton } from '@/app/_ui/copy-button';
import { PageHeader } from '@/app/_ui/page-header';
import * as words from '@/messages/sandbox';
import { copyId } from '@/messages/sandbox-parts';
import { LiveStatus } from '../_parts/live-status';
import { SandboxMenu } from '../_parts/sandbox-menu';
import { StatusBadge } from '../_parts/status-badge';
import { openSandbox } from './_parts/open-sandbox';
import { Tabs } from './_parts/tabs';

const TABS = [
  { segment: '', label: words.tabs.overview },
  { segment: 'terminal', label: words.tabs.terminal },
  { segment: 'files', label: words.tabs.files },
  { segment: 'logs', label: words.tabs.logs },
  { segment: 'events', label: words.tabs.events },
  { segment: 'metrics', label: words.tabs.metrics },
];
/** What is left of a sandbox after its end. */
const AFTER_THE_END = new Set(['', 'events', 'metrics']);

interface SandboxLayoutProps {
  params: Promise<{ org: string; sandbox: string }>;
  children: ReactNode;
}

/** The sandbox's name, state and actions above its pages; above their loading.tsx, so that "not found" is a real 404. */
export default async function SandboxLayout({ params, children }: SandboxLayoutProps) {
  const { access, id, sandbox, listPath } = await openSandbox(params);
  const tabs = sandbox ? TABS : TABS.filter(({ segment }) => AFTER_THE_END.has(segment));
  return (
    <>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="wrap-anywhere font-mono text-lg">{id}</span>
            <CopyButton value={id} label={copyId} />
            {sandbox ? <StatusBadge status={sandbox.status} held={sandbox.held} /> : <Badge>{words.hasEnded}</Badge>}
          </span>
        }
        description={
          <Link href={listPath} className="rounded-sm underline-offset-4 hover:text-ink hover:underline">
            {words.toSandboxes}
          </Link>
        }
        actions={
          sandbox && (
            <SandboxMenu
              orgId={access.orgId}
              sandbox={{
                id,
                status: sandbox.status,
                held: sandbox.held,
                persistent: sandbox.persistent,
                ttlSeconds: sandbox.ttlSeconds,
              }}
              listPath={listPath}
              inHeader
            />
          )
        }
      />
      {sandbox && sandbox.status !== 'failed' && (
        <LiveStatus orgId={access.orgId} sandboxId={id} status={sandbox.status} away={!sandbox.held} />
      )}
      <Tabs path={`${listPath}/${encodeURIComponent(id)}`} tabs={tabs} />
      {children}
    </>
  );
}
