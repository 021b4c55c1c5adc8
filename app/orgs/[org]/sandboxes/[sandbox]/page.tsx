import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Card } from '@/app/_ui/card';
import { EmptyState } from '@/app/_ui/empty-state';
import { RelativeTime } from '@/app/_ui/relative-time';
import { TextLink } from '@/app/_ui/text-link';
import type { SandboxView } from '@/lib/sandboxes/sandbox-view';
import { bootWords, lifetimeWords, sizeWords } from '../_parts/words';
import { openSandbox } from './_parts/open-sandbox';
import { Ports } from './_parts/ports';

export const metadata: Metadata = { title: 'Sandbox' };

interface SandboxPageProps {
  params: Promise<{ org: string; sandbox: string }>;
}

export default async function SandboxPage({ params }: SandboxPageProps) {
  const { access, id, sandbox, listPath } = await openSandbox(params);
  if (!sandbox) return <Ended eventsPath={`${listPath}/${encodeURIComponent(id)}/events`} />;
  const tags = Object.entries(sandbox.metadata);
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <Card title="Facts" flush>
        <Facts facts={factsOf(sandbox)} />
      </Card>
      <div className="flex flex-col gap-5">
        <Ports orgId={access.orgId} sandboxId={id} runs={sandbox.held && sandbox.status === 'running'} />
        <Card title="Metadata" flush>
          {tags.length === 0 ? (
            <p className="px-4 py-6 text-center text-faint text-sm">None was given</p>
          ) : (
            <Facts
              facts={tags.map(([name, value]) => [
                name,
                <code key={name} className="font-mono text-xs">
                  {value}
                </code>,
              ])}
            />
          )}
        </Card>
      </div>
    </div>
  );
}

function factsOf(sandbox: SandboxView): [string, ReactNode][] {
  const { template, createdAt, bootMs, bootMode, agent, fromSnapshot } = sandbox;
  return [
    ['Template', template],
    ['Size', sizeWords(sandbox)],
    ['Created', <RelativeTime key="created" date={createdAt} />],
    ['Boot', bootMs > 0 ? `${bootWords(bootMs)}${bootMode && `, ${bootMode}`}` : '–'],
    ['Lifetime', lifetimeWords(sandbox)],
    ['Machine', agent ? <Machine key="machine" {...agent} /> : '–'],
    [
      'Made from',
      fromSnapshot ? (
        <code key="from" className="font-mono text-xs">
          {fromSnapshot}
        </code>
      ) : (
        'its template'
      ),
    ],
  ];
}

function Machine({ id, online }: { id: string; online: boolean }) {
  return (
    <>
      <code className="font-mono text-xs">{id}</code>
      {!online && <span className="text-warn-ink"> · not heard of for a while</span>}
    </>
  );
}

function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className="divide-y">
      {facts.map(([name, value]) => (
        <div key={name} className="flex gap-4 px-4 py-2 text-sm">
          <dt className="wrap-anywhere w-28 shrink-0 text-muted">{name}</dt>
          <dd className="wrap-anywhere min-w-0 flex-1">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Ended({ eventsPath }: { eventsPath: string }) {
  return (
    <div className="rounded-lg border bg-surface">
      <EmptyState
        title="This sandbox has ended"
        text="Its files are gone. What happened to it and what it used can still be seen."
        action={<TextLink href={eventsPath}>Its events</TextLink>}
      />
    </div>
  );
}
