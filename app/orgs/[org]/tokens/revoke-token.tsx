'use client';

import { Trash2 } from 'lucide-react';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/tokens';
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
    leave(() => apiFetch('DELETE', `/v1/orgs/${orgId}/tokens/${tokenId}`), words.revoked(label));
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={words.revokeNamed(label)} icon={<Trash2 />}>
          {words.revoke}
        </RowButton>
      }
      title={words.revokeTitle(label)}
      description={words.revokeHint}
      confirmLabel={words.revoke}
      onConfirm={revoke}
    />
  );
}
