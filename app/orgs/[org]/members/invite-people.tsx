'use client';

import { Plus } from 'lucide-react';
import { usePathname, useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogActions } from '@/app/_ui/dialog';
import { ErrorNote } from '@/app/_ui/error-note';
import { type ApiError, asApiError } from '@/lib/api-client/api-error';
import { apiFetch } from '@/lib/api-client/api-fetch';
import { InviteForm, type InviteInput } from './invite-form';
import { InviteLink } from './invite-link';
import type { Invited } from './invited';

export interface Refused {
  email: string;
  error: ApiError;
}

interface Outcome {
  invited: Invited[];
  refused: Refused[];
}

interface InvitePeopleProps {
  orgId: string;
  /** The address asked for the form: `?invite`. */
  startOpen: boolean;
}

/** Asks for addresses, then shows each link the once it can be shown. */
export function InvitePeople({ orgId, startOpen }: InvitePeopleProps) {
  const router = useRouter();
  const path = usePathname();
  const [open, setOpen] = useState(startOpen);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  function changeOpen(next: boolean) {
    setOpen(next);
    setOutcome(null);
    if (!next && startOpen) router.replace(path, { scroll: false });
  }

  async function invite({ emails, role }: InviteInput) {
    const result: Outcome = { invited: [], refused: [] };
    for (const email of emails) {
      try {
        result.invited.push(await apiFetch<Invited>('POST', `/v1/orgs/${orgId}/invites`, { email, role }));
      } catch (thrown) {
        // A single address is corrected in the form; of several, the rest still goes out.
        if (emails.length === 1) throw thrown;
        result.refused.push({ email, error: asApiError(thrown) });
      }
    }
    setOutcome(result);
    router.refresh();
  }

  return (
    <Dialog
      trigger={
        <Button variant="primary">
          <Plus aria-hidden="true" /> Invite people
        </Button>
      }
      open={open}
      onOpenChange={changeOpen}
      dismissable={outcome === null}
      title={outcome ? outcomeTitle(outcome) : 'Invite people'}
      description={outcome ? 'The links are shown this once and work for 7 days.' : undefined}
    >
      {outcome ? <Links {...outcome} onDone={() => changeOpen(false)} /> : <InviteForm onInvite={invite} />}
    </Dialog>
  );
}

function outcomeTitle({ invited, refused }: Outcome): string {
  if (invited.length === 0) return 'Nobody was invited';
  const what = invited.length === 1 ? 'Invitation ready' : `${invited.length} invitations ready`;
  return refused.length === 0 ? what : `${what}, ${refused.length} refused`;
}

function Links({ invited, refused, onDone }: Outcome & { onDone: () => void }) {
  return (
    <>
      <div className="flex flex-col gap-4">
        {refused.map(({ email, error }) => (
          <ErrorNote key={email} message={email} hint={error.fieldMessage('email') ?? error.message} />
        ))}
        {invited.map((one) => (
          <InviteLink key={one.email} {...one} />
        ))}
      </div>
      <DialogActions>
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </DialogActions>
    </>
  );
}
