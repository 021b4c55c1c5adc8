'use client';

import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toastOnNextPage } from '@/app/_ui/toast';
import { apiFetch } from '@/lib/api-client/api-fetch';
import { RowButton } from '../_parts/row-button';
import { Offboarding } from './offboarding';

interface LeaveOrgProps {
  orgId: string;
  orgName: string;
  userId: string;
}

export function LeaveOrg({ orgId, orgName, userId }: LeaveOrgProps) {
  const [shown, setShown] = useState(false);

  async function leave() {
    await apiFetch('DELETE', `/v1/orgs/${orgId}/members/${encodeURIComponent(userId)}`);
    toastOnNextPage(`You left ${orgName}`);
    // A whole new page: nothing of the org may stay in this browser's router.
    window.location.assign('/');
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={`Leave ${orgName}`} icon={<LogOut />}>
          Leave
        </RowButton>
      }
      title={`Leave ${orgName}?`}
      description="To come back you need a new invitation."
      confirmLabel="Leave"
      ready={shown}
      onOpenChange={() => setShown(false)}
      onConfirm={leave}
    >
      <Offboarding orgId={orgId} userId={userId} self onShown={() => setShown(true)} />
    </ConfirmDialog>
  );
}
