'use client';

import { HardDrive } from 'lucide-react';
import { EmptyState } from '@/app/_ui/empty-state';
import { shortMeasure } from '@/app/_ui/measure';
import { PageHeader } from '@/app/_ui/page-header';
import { ActionsTh, Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import * as words from '@/messages/volumes';
import { AgentListState } from '../_parts/agent-list-state';
import { DeleteThing } from '../_parts/delete-thing';
import { LeavingRows } from '../_parts/leaving-rows';
import { MissingNote } from '../_parts/missing-note';
import { useAgentList } from '../_parts/use-agent-list';
import { CreateVolume } from './create-volume';

interface Volume {
  name: string;
  size_mb: number;
}

export function Volumes({ orgId }: { orgId: string }) {
  const { items, error, missing, reload } = useAgentList<Volume>(orgId, '/v1/volumes');
  return (
    <>
      <PageHeader
        title={words.title}
        description={words.description}
        actions={<CreateVolume orgId={orgId} onCreated={() => void reload()} />}
      />
      <MissingNote missing={missing} />
      {!items || error ? (
        <AgentListState error={error} reload={reload} />
      ) : items.length === 0 ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState icon={<HardDrive />} title={words.noneTitle} text={words.noneText} />
        </div>
      ) : (
        <VolumesTable orgId={orgId} volumes={items} onDeleted={reload} />
      )}
    </>
  );
}

function VolumesTable({ orgId, volumes, onDeleted }: { orgId: string; volumes: Volume[]; onDeleted: () => Promise<void> }) {
  return (
    <Table label={words.title}>
      <Thead>
        <tr>
          <Th>{words.volume}</Th>
          <Th className="text-right">{words.size}</Th>
          <ActionsTh />
        </tr>
      </Thead>
      <tbody>
        {volumes.map(({ name, size_mb }) => (
          <LeavingRows key={name} onLeft={onDeleted}>
            <Tr>
              <Td className="w-full max-w-0">
                <span className="block truncate font-mono text-xs">{name}</span>
              </Td>
              <Td className="whitespace-nowrap text-right text-muted tabular-nums">
                {shortMeasure(size_mb * 1_048_576, 'bytes')}
              </Td>
              <Td className="w-px text-right">
                <DeleteThing orgId={orgId} kind="volume" name={name} description={words.removeHint} typed />
              </Td>
            </Tr>
          </LeavingRows>
        ))}
      </tbody>
    </Table>
  );
}
