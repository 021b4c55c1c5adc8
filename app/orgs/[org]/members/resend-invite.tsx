'use client';

import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogActions } from '@/app/_ui/dialog';
import { toastRefusal } from '@/app/orgs/_parts/toast-refusal';
import { useSubmit } from '@/app/orgs/_parts/use-submit';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/members';
import { RowButton } from '../_parts/row-button';
import { InviteLink } from './invite-link';
import type { Invited } from './invited';

interface ResendInviteProps {
  orgId: string;
  inviteId: string;
  email: string;
}

/** A new link and a new lifetime; the old link is dead, so the new one is shown to be copied. */
export function ResendInvite({ orgId, inviteId, email }: ResendInviteProps) {
  const router = useRouter();
  const { pending, submit } = useSubmit();
  const [fresh, setFresh] = useState<Invited | null>(null);

  function resend() {
    void submit(async () => {
      try {
        setFresh(await apiFetch<Invited>('POST', `/v1/orgs/${orgId}/invites/${inviteId}/resend`));
      } catch (thrown) {
        toastRefusal(thrown);
      }
      router.refresh();
    });
  }

  return (
    <>
      <RowButton label={words.resendLabel(email)} icon={<RotateCw />} pending={pending} onClick={resend}>
        {words.resend}
      </RowButton>
      <Dialog
        open={fresh !== null}
        onOpenChange={() => setFresh(null)}
        dismissable={false}
        title={words.newLink}
        description={words.newLinkHint}
      >
        {fresh && <InviteLink {...fresh} />}
        <DialogActions>
          <Button variant="primary" onClick={() => setFresh(null)}>
            {words.done}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
