import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { Card } from '@/app/_ui/card';
import { EmptyState } from '@/app/_ui/empty-state';
import { RelativeTime } from '@/app/_ui/relative-time';
import { TextLink } from '@/app/_ui/text-link';
import type { SandboxView } from '@/lib/sandboxes/sandbox-view';
import * as words from '@/messages/sandbox';
import { bootWords, lifetimeWords, sizeWords } from '../_parts/words';
import { openSandbox } from './_parts/open-sandbox';
import { Ports } from './_parts/ports';

export const metadata: Metadata = { title: words.title };

interface SandboxPageProps {
  params: Promise<{ org: string; sandbox: string }>;
}

export default async function SandboxPage({ params }: SandboxPageProps) {
  const { access, id, sandbox, listPath } = await openSandbox(params);
  if (!sandbox) return <Ended eventsPath={`${listPath}/${encodeURIComponent(id)}/events`} />;
  const tags = Object.entries(sandbox.metadata);
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      <Card title={words.facts} flush>
        <Facts facts={factsOf(sandbox)} />
      </Card>
      <div className="flex flex-col gap-5">
        <Ports orgId={access.orgId} sandboxId={id} runs={sandbox.held && sandbox.status === 'running'} />
        <Card title={words.metadata} flush>
          {tags.length === 0 ? (
            <p className="px-4 py-6 text-center text-faint text-sm">{words.noMetadata}</p>
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
  const { template, createdAt, agent, fromSnapshot } = sandbox;
  return [
    [words.template, template],
    [words.size, sizeWords(sandbox)],
    [words.created, <RelativeTime key="created" date={createdAt} />],
    [words.boot, bootOf(sandbox)],
    [words.lifetime, lifetimeWords(sandbox)],
    [words.machine, agent ? <Machine key="machine" {...agent} /> : '–'],
    [
      words.madeFrom,
      fromSnapshot ? (
        <code key="from" className="font-mono text-xs">
          {fromSnapshot}
        </code>
      ) : (
        words.itsTemplate
      ),
    ],
  ];
}

function bootOf({ bootMs, bootMode }: SandboxView): string {
  if (bootMs <= 0) return '–';
  return bootMode ? words.bootOfKind(bootWords(bootMs), bootMode) : bootWords(bootMs);
}

function Machine({ id, online }: { id: string; online: boolean }) {
  return (
    <>
      <code className="font-mono text-xs">{id}</code>
      {!online && <span className="text-warn-ink"> · {words.machineAway}</span>}
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
        title={words.endedTitle}
        text={words.endedText}
        action={<TextLink href={eventsPath}>{words.itsEvents}</TextLink>}
      />
    </div>
  );
}
