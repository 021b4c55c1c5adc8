'use client';

import { UserMinus } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { apiFetch } from '@/lib/api-client/api-fetch';
import { useLeave } from '../_parts/leaving-rows';
import { RowButton } from '../_parts/row-button';
import { Offboarding } from './offboarding';

interface RemoveMemberProps {
  orgId: string;
  userId: string;
  name: string;
}

export function RemoveMember({ orgId, userId, name }: RemoveMemberProps) {
  const leave = useLeave();
  const [shown, setShown] = useState(false);

  async function remove() {
    const path = `/v1/orgs/${orgId}/members/${encodeURIComponent(userId)}`;
    leave(() => apiFetch('DELETE', path), `${name} was removed`);
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={`Remove ${name}`} icon={<UserMinus />}>
          Remove
        </RowButton>
      }
      title={`Remove ${name}?`}
      description="It takes effect at once. To come back they need a new invitation."
      confirmLabel="Remove"
      ready={shown}
      onOpenChange={() => setShown(false)}
      onConfirm={remove}
    >
      <Offboarding orgId={orgId} userId={userId} onShown={() => setShown(true)} />
    </ConfirmDialog>
  );
}
