'use client';

import { CircleX } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toast';
import { apiFetch } from '@/lib/api-client/api-fetch';
import { RowButton } from '../_parts/row-button';

interface EndOldSecretProps {
  orgId: string;
  tokenId: string;
  label: string;
  /** The shown part of the old secret. */
  prefix: string;
  stillUsed: boolean;
}

export function EndOldSecret({ orgId, tokenId, label, prefix, stillUsed }: EndOldSecretProps) {
  const router = useRouter();

  async function end() {
    await apiFetch('DELETE', `/v1/orgs/${orgId}/tokens/${tokenId}/previous`);
    toast.success(`The old secret of “${label}” has ended`);
    router.refresh();
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={`End now: the old secret of ${label}`} icon={<CircleX />}>
          End now
        </RowButton>
      }
      title={`End the old secret of “${label}”?`}
      description={`Every call with ${prefix}… is refused at once; the new secret goes on. ${stillUsed ? 'Something still used it after the rotation.' : 'Nothing has used it since the rotation.'}`}
      confirmLabel="End it now"
      onConfirm={end}
    />
  );
}
