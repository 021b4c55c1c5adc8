'use client';

import { useRouter } from 'next/navigation';
import { Button } from '@/app/_ui/button';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toast';
import { useAccountWork } from '../_parts/use-account-work';

export function UnlinkIdentity({ id, name, email }: { id: string; name: string; email: string | null }) {
  const router = useRouter();
  const { attempt } = useAccountWork();

  async function unlink() {
    await attempt(async (auth) => {
      // Asked afresh: the library wants the identity as the auth server tells it.
      const listed = await auth.getUserIdentities();
      if (listed.error) throw listed.error;
      const identity = listed.data.identities.find(({ identity_id }) => identity_id === id);
      if (!identity) throw Object.assign(new Error('gone'), { code: 'identity_not_found' });
      const { error } = await auth.unlinkIdentity(identity);
      if (error) throw error;
    });
    toast.success(`${name} was removed`);
    router.refresh();
  }

  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="ghost" aria-label={`Remove ${name}${email ? ` (${email})` : ''}`}>
          Remove
        </Button>
      }
      title={`Remove ${name}?`}
      description="It no longer opens this account. You can add it again while you are signed in another way."
      confirmLabel="Remove"
      onConfirm={unlink}
    />
  );
}
