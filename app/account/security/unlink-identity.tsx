'use client';

import { useRouter } from 'next/navigation';
import { Button } from '@/app/_ui/button';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toast';
import * as words from '@/messages/account-security';
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
    toast.success(words.removed(name));
    router.refresh();
  }

  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="ghost" aria-label={words.unlinkOf(name, email)}>
          {words.remove}
        </Button>
      }
      title={words.removeTitle(name)}
      description={words.unlinkHint}
      confirmLabel={words.remove}
      onConfirm={unlink}
    />
  );
}
