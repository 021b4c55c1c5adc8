'use client';

import { UserMinus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toaster';
import { apiFetch } from '@/lib/api-client/api-fetch';
import { counted } from '../_parts/counted';
import { RowButton } from '../_parts/row-button';

interface RemoveMemberProps {
  orgId: string;
  userId: string;
  name: string;
  tokens: number;
  invites: number;
}

export function RemoveMember({ orgId, userId, name, tokens, invites }: RemoveMemberProps) {
  const router = useRouter();

  async function remove() {
    await apiFetch('DELETE', `/v1/orgs/${orgId}/members/${encodeURIComponent(userId)}`);
    toast.success(`${name} was removed`);
    router.refresh();
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
      onConfirm={remove}
    >
      <div className="rounded-md border bg-canvas px-3 py-2.5 text-sm">
        <p className="font-medium">What ends with the membership</p>
        <ul className="mt-1 list-disc pl-4 text-muted">
          <li>their access to this organization and its sandboxes</li>
          <li>
            {tokens === 0 ? 'no API token: they made none' : `${counted(tokens, 'API token')} they made, and what runs on them`}
          </li>
          <li>{invites === 0 ? 'no invitation: none of theirs is open' : `${counted(invites, 'open invitation')} they sent`}</li>
        </ul>
      </div>
    </ConfirmDialog>
  );
}
