'use client';

import { X } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toast';
import { apiFetch } from '@/lib/api-client/api-fetch';
import { RowButton } from '../_parts/row-button';

interface RevokeInviteProps {
  orgId: string;
  inviteId: string;
  email: string;
}

export function RevokeInvite({ orgId, inviteId, email }: RevokeInviteProps) {
  const router = useRouter();

  async function revoke() {
    await apiFetch('DELETE', `/v1/orgs/${orgId}/invites/${inviteId}`);
    toast.success(`The invitation of ${email} was withdrawn`);
    router.refresh();
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
