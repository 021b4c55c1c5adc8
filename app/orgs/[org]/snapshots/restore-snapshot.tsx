'use client';

import { Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { toast } from '@/app/_ui/toast';
import { toastRefusal } from '@/app/orgs/_parts/toast-refusal';
import { sandboxApi } from '@/lib/api-client/sandbox-api';
import * as words from '@/messages/snapshots';
import { RowButton } from '../_parts/row-button';

interface RestoreSnapshotProps {
  orgId: string;
  id: string;
  /** Of the list of sandboxes. */
  path: string;
}

/** Starts a sandbox as the snapshot has it. */
export function RestoreSnapshot({ orgId, id, path }: RestoreSnapshotProps) {
  const router = useRouter();
  const [pending, setPending] = useState(false);

  async function restore() {
    setPending(true);
    try {
      const call = { method: 'POST', path: '/v1/sandboxes', body: { from_snapshot: id } } as const;
      const made = await sandboxApi<{ id: string }>(orgId, call);
      toast.success(words.started);
      router.push(`${path}/${encodeURIComponent(made.id)}`);
    } catch (thrown) {
      toastRefusal(thrown);
      setPending(false);
    }
  }

  return (
    <RowButton label={words.startFrom(id)} icon={<Play />} pending={pending} onClick={() => void restore()}>
      {words.start}
    </RowButton>
  );
}
