'use client';

import { X } from 'lucide-react';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { apiFetch } from '@/lib/api-client/api-fetch';
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
    leave(() => apiFetch('DELETE', `/v1/orgs/${orgId}/invites/${inviteId}`), `The invitation of ${email} was withdrawn`);
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={`Revoke the invitation of ${email}`} icon={<X />}>
          Revoke
        </RowButton>
      }
      title={`Withdraw the invitation of ${email}?`}
      description="Its link opens nothing from now on. You can invite the address again."
      confirmLabel="Revoke"
      onConfirm={revoke}
    />
  );
}
