'use client';

import { useRouter } from 'next/navigation';
import { Button } from '@/app/_ui/button';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toaster';
import { apiFetch } from '@/lib/api-client/api-fetch';

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
        <Button variant="ghost" size="sm" aria-label={`Revoke the invitation of ${email}`}>
          Revoke
        </Button>
      }
      title={`Withdraw the invitation of ${email}?`}
      description="Its link opens nothing from now on. You can invite the address again."
      confirmLabel="Revoke"
      onConfirm={revoke}
    />
  );
}
