import { Server, ShieldAlert } from 'lucide-react';
import type { Metadata } from 'next';
import { CopyField } from '@/app/_ui/copy-field';
import { EmptyState } from '@/app/_ui/empty-state';
import { Note } from '@/app/_ui/note';
import { PageHeader } from '@/app/_ui/page-header';
import { examineAgents } from '@/lib/gateway/examine-agents';
import { serverPage } from '@/lib/page/org-page';
import { LookAgain } from '../_parts/look-again';
import { AgentsTable } from './agents-table';

export const metadata: Metadata = { title: 'Agents' };

export default async function AgentsPage() {
  const { agents, onlyAgent, unguarded } = await examineAgents(await serverPage('server:examine', '/admin/agents'));
  return (
    <>
      <PageHeader
        title="Agents"
        description="The machines that run sandboxes, as they registered in this server’s database."
        actions={<LookAgain>Look again</LookAgain>}
      />
      <div className="flex flex-col gap-4">
        {unguarded && (
          <Note tone="danger" icon={<ShieldAlert />} title="Agents on other machines are called without PANDASTACK_NODE_TOKEN">
            Whoever reaches them on the network can call them as any organization. Set the same secret here and on each agent, and
            start both anew.
            <CopyField
              value={'export PANDASTACK_NODE_TOKEN="$(openssl rand -base64 32)"'}
              label="Copy the line"
              className="mt-2"
            />
          </Note>
        )}
        {onlyAgent && (
          <Note title="PANDASTACK_AGENT_URL is set">
            All sandboxes go to <code className="font-mono text-xs">{onlyAgent}</code>, whatever is registered below.
          </Note>
        )}
        {agents.length > 0 && <AgentsTable agents={agents} />}
        {agents.length === 0 && !onlyAgent && (
          <div className="rounded-lg border bg-surface">
            <EmptyState
              icon={<Server />}
              title="No agent has registered"
              text="An agent runs on each host with KVM and writes itself into this server’s database every ten seconds. To look around without one:"
            />
            <div className="mx-auto max-w-sm px-4 pb-8">
              <CopyField value="npm start -- --agent" label="Copy the command" />
            </div>
          </div>
        )}
      </div>
    </>
  );
}
