import { Server, ShieldAlert } from 'lucide-react';
import type { Metadata } from 'next';
import { CopyField } from '@/app/_ui/copy-field';
import { EmptyState } from '@/app/_ui/empty-state';
import { Note } from '@/app/_ui/note';
import { PageHeader } from '@/app/_ui/page-header';
import { examineAgents } from '@/lib/gateway/examine-agents';
import { serverPage } from '@/lib/page/org-page';
import * as words from '@/messages/admin-agents';
import { LookAgain } from '../_parts/look-again';
import { AgentsTable } from './agents-table';

export const metadata: Metadata = { title: words.title };

export default async function AgentsPage() {
  const { agents, onlyAgent, unguarded } = await examineAgents(await serverPage('server:examine', '/admin/agents'));
  return (
    <>
      <PageHeader title={words.title} description={words.description} actions={<LookAgain>{words.lookAgain}</LookAgain>} />
      <div className="flex flex-col gap-4">
        {unguarded && (
          <Note tone="danger" icon={<ShieldAlert />} title={words.unguarded}>
            {words.unguardedHint}
            <CopyField
              value={'export PANDASTACK_NODE_TOKEN="$(openssl rand -base64 32)"'}
              label={words.copyLine}
              className="mt-2"
            />
          </Note>
        )}
        {onlyAgent && (
          <Note title={words.onlyAgent}>{words.onlyAgentHint(<code className="font-mono text-xs">{onlyAgent}</code>)}</Note>
        )}
        {agents.length > 0 && <AgentsTable agents={agents} />}
        {agents.length === 0 && !onlyAgent && (
          <div className="rounded-lg border bg-surface">
            <EmptyState icon={<Server />} title={words.noAgent} text={words.noAgentHint} />
            <div className="mx-auto max-w-sm px-4 pb-8">
              <CopyField value="npm start -- --agent" label={words.copyCommand} />
            </div>
          </div>
        )}
      </div>
    </>
  );
}
