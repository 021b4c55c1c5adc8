'use client';

import { Trash2 } from 'lucide-react';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { apiFetch } from '@/lib/api-client/api-fetch';
import { useLeave } from '../_parts/leaving-rows';
import { RowButton } from '../_parts/row-button';

interface RevokeTokenProps {
  orgId: string;
  tokenId: string;
  label: string;
}

export function RevokeToken({ orgId, tokenId, label }: RevokeTokenProps) {
  const leave = useLeave();

  async function revoke() {
    leave(() => apiFetch('DELETE', `/v1/orgs/${orgId}/tokens/${tokenId}`), `The token “${label}” was revoked`);
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
