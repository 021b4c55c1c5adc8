import { ServerOff } from 'lucide-react';
import { Note } from '@/app/_ui/note';
import { TextLink } from '@/app/_ui/text-link';
import type { OrgAccess } from '@/lib/access/org-access';
import { operatesServer } from '@/lib/access/server-access';

/** Without a machine nothing can run; who operates the server can do something about it. */
export async function NoMachine({ access }: { access: OrgAccess<'sandboxes:use'> }) {
  return (
    <Note tone="warn" icon={<ServerOff />} title="No machine is there to run sandboxes" className="mb-4">
      {(await operatesServer(access)) ? (
        <>
          Start an agent on a host with KVM, with this server’s database and PANDASTACK_NODE_TOKEN; it appears under{' '}
          <TextLink href="/admin/agents" className="text-inherit">
            Agents
          </TextLink>
          . To look around, <code className="whitespace-nowrap font-mono text-xs">npm start -- --agent</code> runs a stand-in.
        </>
      ) : (
        'Sandboxes start again when one is back. The people who operate this server see each machine.'
      )}
    </Note>
  );
}
