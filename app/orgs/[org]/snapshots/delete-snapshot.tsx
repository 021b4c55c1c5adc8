'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toast';
import { sandboxApi } from '@/lib/api-client/sandbox-api';
import { RowButton } from '../_parts/row-button';

export function DeleteSnapshot({ orgId, id }: { orgId: string; id: string }) {
  const router = useRouter();

  async function remove() {
    await sandboxApi(orgId, { method: 'DELETE', path: `/v1/snapshots/${encodeURIComponent(id)}` });
    toast.success('The snapshot was deleted');
    router.refresh();
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={`Delete the snapshot ${id}`} icon={<Trash2 />}>
          Delete
        </RowButton>
      }
      title="Delete this snapshot?"
      description="Sandboxes that were started from it go on. This cannot be undone."
      confirmLabel="Delete"
      onConfirm={remove}
    >
      <code className="wrap-anywhere rounded-md bg-sunken px-2.5 py-1.5 font-mono text-xs">{id}</code>
    </ConfirmDialog>
  );
}
