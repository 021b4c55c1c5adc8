'use client';

import { LogOut } from 'lucide-react';
import { useState } from 'react';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toastOnNextPage } from '@/app/_ui/toast';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/members';
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
    toastOnNextPage(words.left(orgName));
    // A whole new page: nothing of the org may stay in this browser's router.
    window.location.assign('/');
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={words.leaveLabel(orgName)} icon={<LogOut />}>
          {words.leave}
        </RowButton>
      }
      title={words.leaveTitle(orgName)}
      description={words.leaveHint}
      confirmLabel={words.leave}
      ready={shown}
      onOpenChange={() => setShown(false)}
      onConfirm={leave}
    >
      <Offboarding orgId={orgId} userId={userId} self onShown={() => setShown(true)} />
    </ConfirmDialog>
  );
}
