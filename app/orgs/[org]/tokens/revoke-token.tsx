'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toast';
import { apiFetch } from '@/lib/api-client/api-fetch';
import { RowButton } from '../_parts/row-button';

interface RevokeTokenProps {
  orgId: string;
  tokenId: string;
  label: string;
}

export function RevokeToken({ orgId, tokenId, label }: RevokeTokenProps) {
  const router = useRouter();

  async function revoke() {
    await apiFetch('DELETE', `/v1/orgs/${orgId}/tokens/${tokenId}`);
    toast.success(`The token “${label}” was revoked`);
    router.refresh();
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={`Revoke the token ${label}`} icon={<Trash2 />}>
          Revoke
        </RowButton>
      }
      title={`Revoke “${label}”?`}
      description="Every call with it is refused at once. This cannot be undone."
      confirmLabel="Revoke"
      onConfirm={revoke}
    />
  );
}
