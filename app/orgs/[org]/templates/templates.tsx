'use client';

import { Layers, Play } from 'lucide-react';
import Link from 'next/link';
import { Badge } from '@/app/_ui/badge';
import { buttonStyle } from '@/app/_ui/button-style';
import { EmptyState } from '@/app/_ui/empty-state';
import { shortMeasure } from '@/app/_ui/measure';
import { ActionsTh, Table, Td, Th, Thead, Tr } from '@/app/_ui/table';
import * as words from '@/messages/templates';
import { AgentListState } from '../_parts/agent-list-state';
import { DeleteThing } from '../_parts/delete-thing';
import { LeavingRows } from '../_parts/leaving-rows';
import { MissingNote } from '../_parts/missing-note';
import { useAgentList } from '../_parts/use-agent-list';
import { sizeWords } from '../sandboxes/_parts/words';

interface Template {
  name: string;
  cpu?: number;
  memory_mb?: number;
  size_bytes?: number;
  description?: string;
  workspace?: string;
  meta?: { owner_workspace?: string } | null;
}

interface TemplatesProps {
  orgId: string;
  /** How agents name the org. */
  tenant: string;
  /** Of the list of sandboxes. */
  path: string;
}

export function Templates({ orgId, tenant, path }: TemplatesProps) {
  const { items, error, missing, reload } = useAgentList<Template>(orgId, '/v1/templates');
  if (!items || error) return <AgentListState error={error} reload={reload} />;
  if (items.length === 0) {
    return (
      <div className="rounded-lg border bg-surface">
        <EmptyState icon={<Layers />} title={words.noneTitle} text={words.noneText} />
      </div>
    );
  }
  return (
    <div>
      <MissingNote missing={missing} />
      <Table label={words.title}>
        <Thead>
          <tr>
            <Th>{words.template}</Th>
            <Th className="max-sm:hidden">{words.whose}</Th>
            <Th className="max-md:hidden">{words.size}</Th>
            <Th className="text-right max-md:hidden">{words.onDisk}</Th>
            <ActionsTh />
          </tr>
        </Thead>
        <tbody>
          {items.map((template) => (
            <LeavingRows key={template.name} onLeft={reload}>
              <TemplateRow
                template={template}
                isOwn={(template.workspace || template.meta?.owner_workspace) === tenant}
                orgId={orgId}
                path={path}
              />
            </LeavingRows>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

interface TemplateRowProps {
  template: Template;
  isOwn: boolean;
  orgId: string;
  path: string;
}

function TemplateRow({ template, isOwn, orgId, path }: TemplateRowProps) {
  const { name, cpu = 0, memory_mb: memoryMb = 0, size_bytes: sizeBytes = 0, description } = template;
  return (
    <Tr>
      <Td className="w-full max-w-0">
        <span className="block truncate font-mono text-xs">{name}</span>
        {description && (
          <span className="block truncate text-muted text-xs" title={description}>
            {description}
          </span>
        )}
      </Td>
      <Td className="max-sm:hidden">
        <Badge tone={isOwn ? 'accent' : 'neutral'}>{isOwn ? words.yours : words.everybodys}</Badge>
      </Td>
      <Td className="whitespace-nowrap text-muted max-md:hidden">{cpu > 0 ? sizeWords({ cpu, memoryMb }) : '–'}</Td>
      <Td className="whitespace-nowrap text-right text-muted tabular-nums max-md:hidden">
        {sizeBytes > 0 ? shortMeasure(sizeBytes, 'bytes') : '–'}
      </Td>
      <Td className="w-px whitespace-nowrap text-right">
        <Link
          href={`${path}?new=${encodeURIComponent(name)}`}
          aria-label={words.startFrom(name)}
          className={buttonStyle({ variant: 'ghost', size: 'sm', className: 'max-sm:size-9 max-sm:px-0' })}
        >
          <Play aria-hidden="true" className="sm:hidden" />
          <span className="max-sm:hidden">{words.start}</span>
        </Link>
        {isOwn && <DeleteThing orgId={orgId} kind="template" name={name} description={words.removeHint} />}
      </Td>
    </Tr>
  );
}
