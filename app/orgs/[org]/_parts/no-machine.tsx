import { ServerOff } from 'lucide-react';
import { Note } from '@/app/_ui/note';
import { TextLink } from '@/app/_ui/text-link';
import type { OrgAccess } from '@/lib/access/org-access';
import { operatesServer } from '@/lib/access/server-access';
import * as words from '@/messages/org';

/** Without a machine nothing can run; who operates the server can do something about it. */
export async function NoMachine({ access }: { access: OrgAccess<'sandboxes:use'> }) {
  return (
    <Note tone="warn" icon={<ServerOff />} title={words.noMachine} className="mb-4">
      {(await operatesServer(access))
        ? words.noMachineOperator(
            (text) => (
              <TextLink href="/admin/agents" className="text-inherit">
                {text}
              </TextLink>
            ),
            (text) => <code className="whitespace-nowrap font-mono text-xs">{text}</code>,
          )
        : words.noMachineOthers}
    </Note>
  );
}
