'use client';

import { HardDrive, Trash2 } from 'lucide-react';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { EmptyState } from '@/app/_ui/empty-state';
import { shortMeasure } from '@/app/_ui/measure';
import { PageHeader } from '@/app/_ui/page-header';
import { Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import { toast } from '@/app/_ui/toast';
import { sandboxApi } from '@/lib/api-client/sandbox-api';
import { AgentListState } from '../_parts/agent-list-state';
import { MissingNote } from '../_parts/missing-note';
import { RowButton } from '../_parts/row-button';
import { useAgentList } from '../_parts/use-agent-list';
import { CreateVolume } from './create-volume';

interface Volume {
  name: string;
  size_mb: number;
}

interface VolumesProps {
  orgId: string;
  title: string;
  description: string;
}

export function Volumes({ orgId, ...words }: VolumesProps) {
  const { items, error, missing, reload } = useAgentList<Volume>(orgId, '/v1/volumes');
  return (
    <>
      <PageHeader {...words} actions={<CreateVolume orgId={orgId} onCreated={reload} />} />
      <MissingNote missing={missing} />
      {!items || error ? (
        <AgentListState error={error} reload={reload} />
      ) : items.length === 0 ? (
        <div className="rounded-lg border bg-surface">
          <EmptyState icon={<HardDrive />} title="No volumes" text="A volume keeps files from one sandbox to the next." />
        </div>
      ) : (
        <VolumesTable orgId={orgId} volumes={items} onDeleted={reload} />
      )}
    </>
  );
}

function VolumesTable({ orgId, volumes, onDeleted }: { orgId: string; volumes: Volume[]; onDeleted: () => void }) {
  return (
    <Table label="Volumes">
      <Thead>
        <tr>
          <Th>Volume</Th>
          <Th className="text-right">Size</Th>
          <Th>
            <span className="sr-only">Actions</span>
          </Th>
        </tr>
      </Thead>
      <tbody>
        {volumes.map(({ name, size_mb }) => (
          <Tr key={name}>
            <Td className="w-full max-w-0">
              <span className="block truncate font-mono text-xs">{name}</span>
            </Td>
            <Td className="whitespace-nowrap text-right text-muted tabular-nums">{shortMeasure(size_mb * 1_048_576, 'bytes')}</Td>
            <Td className="w-px text-right">
              <DeleteVolume orgId={orgId} name={name} onDeleted={onDeleted} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

function DeleteVolume({ orgId, name, onDeleted }: { orgId: string; name: string; onDeleted: () => void }) {
  async function remove() {
    await sandboxApi(orgId, { method: 'DELETE', path: `/v1/volumes/${encodeURIComponent(name)}` });
    toast.success(`The volume ${name} was deleted`);
    onDeleted();
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={`Delete the volume ${name}`} icon={<Trash2 />}>
          Delete
        </RowButton>
      }
      title={`Delete the volume ${name}?`}
      description="Its files are gone for every sandbox. This cannot be undone."
      confirmLabel="Delete"
      typeToConfirm={name}
      onConfirm={remove}
    />
  );
}
