'use client';

import { useRouter } from 'next/navigation';
import { Button } from '@/app/_ui/button';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toaster';
import { apiFetch } from '@/lib/api-client/api-fetch';

interface RevokeTokenProps {
  orgId: string;
  tokenId: string;
  label: string;
}

export function RevokeToken({ orgId, tokenId, label }: RevokeTokenProps) {
  const router = useRouter();

  async function revoke() {
    await apiFetch('DELETE', `/v1/orgs/${orgId}/tokens/${tokenId}`);
    toast.success(`The token “${label}” was revoked`);
    router.refresh();
  }

  return (
    <ConfirmDialog
      trigger={
        <Button variant="ghost" size="sm" aria-label={`Revoke the token ${label}`}>
          Revoke
        </Button>
      }
      title={`Revoke “${label}”?`}
      description="Every call with it is refused at once. This cannot be undone."
      confirmLabel="Revoke"
      onConfirm={revoke}
    />
  );
}
