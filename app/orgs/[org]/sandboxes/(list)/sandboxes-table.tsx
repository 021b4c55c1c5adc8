import Link from 'next/link';
import { CopyButton } from '@/app/_ui/copy-button';
import { RelativeTime } from '@/app/_ui/relative-time';
import { ActionsTh, Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import type { SandboxView } from '@/lib/sandboxes/sandbox-view';
import { copyId } from '@/messages/sandbox-parts';
import * as words from '@/messages/sandboxes';
import { SandboxMenu } from '../_parts/sandbox-menu';
import { StatusBadge } from '../_parts/status-badge';
import { bootWords, lifetimeWords, sizeWords } from '../_parts/words';

interface SandboxesTableProps {
  orgId: string;
  path: string;
  sandboxes: readonly SandboxView[];
}

export function SandboxesTable({ sandboxes, ...rest }: SandboxesTableProps) {
  return (
    <Table label={words.title}>
      <Thead>
        <tr>
          <Th>{words.sandbox}</Th>
          <Th className="max-sm:hidden">{words.state}</Th>
          <Th className="max-md:hidden">{words.size}</Th>
          <Th className="max-xl:hidden">{words.machine}</Th>
          <Th className="max-lg:hidden">{words.boot}</Th>
          <Th className="max-sm:hidden">{words.created}</Th>
          <ActionsTh />
        </tr>
      </Thead>
      <tbody>
        {sandboxes.map((sandbox) => (
          <SandboxRow key={sandbox.id} sandbox={sandbox} {...rest} />
        ))}
      </tbody>
    </Table>
  );
}

function SandboxRow({ sandbox, orgId, path }: { sandbox: SandboxView } & Omit<SandboxesTableProps, 'sandboxes'>) {
  const { id, status, held, template, bootMs, bootMode, agent, createdAt, persistent, ttlSeconds } = sandbox;
  const age = <RelativeTime date={createdAt} />;
  return (
    <Tr>
      <Td className="w-full max-w-0">
        <span className="flex items-center gap-1">
          <Link
            href={`${path}/${encodeURIComponent(id)}`}
            className="truncate rounded-sm font-mono text-xs underline-offset-4 hover:underline"
          >
            {id}
          </Link>
          <CopyButton value={id} label={copyId} className="max-sm:hidden" />
        </span>
        <span className="block truncate text-muted text-xs" title={lifetimeWords(sandbox)}>
          {template}
          <span className="max-sm:hidden"> · {lifetimeWords({ persistent, ttlSeconds })}</span>
        </span>
        <span className="mt-1 flex items-center gap-2 text-muted text-xs sm:hidden">
          <StatusBadge status={status} held={held} /> {age}
        </span>
      </Td>
      <Td className="max-sm:hidden">
        <StatusBadge status={status} held={held} />
      </Td>
      <Td className="whitespace-nowrap text-muted max-md:hidden">{sizeWords(sandbox)}</Td>
      <Td className="max-w-36 truncate whitespace-nowrap font-mono text-muted text-xs max-xl:hidden" title={agent?.id}>
        {agent?.id ?? '–'}
      </Td>
      <Td className="whitespace-nowrap text-muted max-lg:hidden" title={bootMode}>
        {bootMs > 0 ? bootWords(bootMs) : '–'}
      </Td>
      <Td className="whitespace-nowrap text-muted max-sm:hidden">{age}</Td>
      <Td className="w-px text-right">
        <SandboxMenu orgId={orgId} sandbox={{ id, status, held, persistent, ttlSeconds }} listPath={path} />
      </Td>
    </Tr>
  );
}
