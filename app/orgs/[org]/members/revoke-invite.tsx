'use client';

import { X } from 'lucide-react';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/members';
import { useLeave } from '../_parts/leaving-rows';
import { RowButton } from '../_parts/row-button';

interface RevokeInviteProps {
  orgId: string;
  inviteId: string;
  email: string;
}

export function RevokeInvite({ orgId, inviteId, email }: RevokeInviteProps) {
  const leave = useLeave();

  async function revoke() {
    leave(() => apiFetch('DELETE', `/v1/orgs/${orgId}/invites/${inviteId}`), words.revoked(email));
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={words.revokeLabel(email)} icon={<X />}>
          {words.revoke}
        </RowButton>
      }
      title={words.revokeTitle(email)}
      description={words.revokeHint}
      confirmLabel={words.revoke}
      onConfirm={revoke}
    />
  );
}
