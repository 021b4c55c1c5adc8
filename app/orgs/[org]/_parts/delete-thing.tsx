'use client';

import { Trash2 } from 'lucide-react';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { sandboxApi } from '@/lib/api-client/sandbox-api';
import * as words from '@/messages/org';
import { useLeave } from './leaving-rows';
import { RowButton } from './row-button';

interface DeleteThingProps {
  orgId: string;
  kind: 'template' | 'volume' | 'snapshot';
  /** A snapshot's is its id. */
  name: string;
  /** What ends with it, and what does not. */
  description: string;
  /** The name must be typed: with it go files that are nowhere else. */
  typed?: boolean;
}

/** At the end of the row of what machines keep. */
export function DeleteThing({ orgId, kind, name, description, typed = false }: DeleteThingProps) {
  const leave = useLeave();

  async function remove() {
    const path = `/v1/${kind}s/${encodeURIComponent(name)}`;
    leave(() => sandboxApi(orgId, { method: 'DELETE', path }), words.deleted(kind, name));
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={words.deleteLabel(kind, name)} icon={<Trash2 />}>
          {words.deleteThing}
        </RowButton>
      }
      title={words.deleteTitle(kind, name)}
      description={words.deleteForever(description)}
      confirmLabel={words.deleteThing}
      {...(typed && { typeToConfirm: name })}
      onConfirm={remove}
    />
  );
}
