'use client';

import { CircleX } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toast';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/tokens';
import { RowButton } from '../_parts/row-button';

interface EndOldSecretProps {
  orgId: string;
  tokenId: string;
  label: string;
  /** The shown part of the old secret. */
  prefix: string;
  stillUsed: boolean;
}

export function EndOldSecret({ orgId, tokenId, label, prefix, stillUsed }: EndOldSecretProps) {
  const router = useRouter();

  async function end() {
    await apiFetch('DELETE', `/v1/orgs/${orgId}/tokens/${tokenId}/previous`);
    toast.success(words.oldEnded(label));
    router.refresh();
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={words.endOldNamed(label)} icon={<CircleX />}>
          {words.endOld}
        </RowButton>
      }
      title={words.endOldTitle(label)}
      description={stillUsed ? words.endOldUsedHint(prefix) : words.endOldUnusedHint(prefix)}
      confirmLabel={words.endOldNow}
      onConfirm={end}
    />
  );
}
