'use client';

import { useRouter } from 'next/navigation';
import { Badge } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { Card } from '@/app/_ui/card';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toast';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/settings';

interface SecondFactorProps {
  orgId: string;
  required: boolean;
}

/** Whether people need a second factor to enter; for owners, who confirm what it means for the others. */
export function SecondFactor({ orgId, required }: SecondFactorProps) {
  const router = useRouter();

  async function change() {
    await apiFetch('PATCH', `/v1/orgs/${orgId}`, { mfa_required: !required });
    toast.success(required ? words.releaseDone : words.requireDone);
    router.refresh();
  }

  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          {words.secondFactor} <Badge tone={required ? 'accent' : 'neutral'}>{required ? words.required : words.optional}</Badge>
        </span>
      }
      description={words.secondFactorHint}
      footer={
        <ConfirmDialog
          title={required ? words.releaseTitle : words.requireTitle}
          description={required ? words.releaseHint : words.requireHint}
          confirmLabel={required ? words.releaseConfirm : words.requireConfirm}
          tone={required ? 'danger' : 'primary'}
          trigger={
            <Button size="sm" className="ml-auto">
              {required ? words.releaseOpen : words.requireOpen}
            </Button>
          }
          onConfirm={change}
        />
      }
    />
  );
}
