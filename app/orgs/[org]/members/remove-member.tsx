'use client';

import { UserMinus } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/members';
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
    leave(() => apiFetch('DELETE', path), words.removed(name));
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={words.removeLabel(name)} icon={<UserMinus />}>
          {words.remove}
        </RowButton>
      }
      title={words.removeTitle(name)}
      description={words.removeHint}
      confirmLabel={words.remove}
      ready={shown}
      onOpenChange={() => setShown(false)}
      onConfirm={remove}
    >
      <Offboarding orgId={orgId} userId={userId} onShown={() => setShown(true)} />
    </ConfirmDialog>
  );
}
