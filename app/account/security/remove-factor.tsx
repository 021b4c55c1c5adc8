'use client';

import { useRouter } from 'next/navigation';
import { Button } from '@/app/_ui/button';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toast';
import type { AccountFactor } from '@/lib/supabase/fetch-account';
import * as words from '@/messages/account-security';
import { useAccountWork } from '../_parts/use-account-work';

export function RemoveFactor({ factor, last }: { factor: AccountFactor; last: boolean }) {
  const router = useRouter();
  const { attempt } = useAccountWork();

  async function remove() {
    await attempt(async (auth) => {
      const { error } = await auth.mfa.unenroll({ factorId: factor.id });
      if (error) throw error;
      // The session falls back to one factor with its next token, so that it should come now.
      await auth.refreshSession();
    });
    toast.success(words.removed(factor.name));
    router.refresh();
  }

  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="ghost" aria-label={words.removeOf(factor.name)}>
          {words.remove}
        </Button>
      }
      title={words.removeTitle(factor.name)}
      description={last ? words.removeLastHint : words.removeHint}
      confirmLabel={words.remove}
      onConfirm={remove}
    />
  );
}
