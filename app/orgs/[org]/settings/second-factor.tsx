'use client';

import { useRouter } from 'next/navigation';
import { Badge } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { Card } from '@/app/_ui/card';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toast';
import { apiFetch } from '@/lib/api-client/api-fetch';

interface SecondFactorProps {
  orgId: string;
  required: boolean;
}

/** Whether people need a second factor to enter; for owners, who confirm what it means for the others. */
export function SecondFactor({ orgId, required }: SecondFactorProps) {
  const router = useRouter();

  async function change() {
    await apiFetch('PATCH', `/v1/orgs/${orgId}`, { mfa_required: !required });
    toast.success(required ? 'A second factor is no longer asked for' : 'Everybody needs a second factor from now on');
    router.refresh();
  }

  return (
    <Card
      title={
        <span className="flex items-center gap-2">
          Two-factor sign-in <Badge tone={required ? 'accent' : 'neutral'}>{required ? 'Required' : 'Optional'}</Badge>
        </span>
      }
      description="When it is required, people enter with a code from their authenticator app. API tokens go on working."
      footer={
        <ConfirmDialog
          title={required ? 'Let people in without a second factor?' : 'Ask everybody for a second factor?'}
          description={
            required
              ? 'A password or a mail link alone will do again, at once.'
              : 'At their next click, members without one set it up before they go on. You need to have used yours in this session.'
          }
          confirmLabel={required ? 'Make it optional' : 'Require it'}
          tone={required ? 'danger' : 'primary'}
          trigger={
            <Button size="sm" className="ml-auto">
              {required ? 'Make optional…' : 'Require…'}
            </Button>
          }
          onConfirm={change}
        />
      }
    />
  );
}
