'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { CopyButton } from '@/app/_ui/copy-button';
import { Dialog, DialogActions } from '@/app/_ui/dialog';
import { ErrorNote } from '@/app/_ui/error-note';
import { asApiError } from '@/lib/api-client/api-error';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/members';
import { useAskedOpen } from '../_parts/use-asked-open';
import { InviteForm, type InviteInput } from './invite-form';
import { InviteLink } from './invite-link';
import type { Invited } from './invited';

interface Refused {
  email: string;
  /** A sentence. */
  reason: string;
}

interface InviteOutcome {
  email: string;
  invite?: Invited;
  error?: { error: string };
}

const MAX_AT_ONCE = 100;

interface Outcome {
  invited: Invited[];
  refused: Refused[];
}

interface InvitePeopleProps {
  orgId: string;
  /** The org's; chosen until the person picks another. */
  defaultRole: string;
  /** The address asked for the form: `?invite`. */
  startOpen: boolean;
}

/** Asks for addresses, then shows each link the once it can be shown. */
export function InvitePeople({ orgId, defaultRole, startOpen }: InvitePeopleProps) {
  const router = useRouter();
  const { open, changeOpen: change } = useAskedOpen(startOpen);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  function changeOpen(next: boolean) {
    change(next);
    setOutcome(null);
  }

  async function invite({ emails, role }: InviteInput) {
    const [only, ...others] = emails;
    setOutcome(
      only && others.length === 0
        ? { invited: [await apiFetch<Invited>('POST', `/v1/orgs/${orgId}/invites`, { email: only, role })], refused: [] }
        : await inviteList(orgId, { emails, role }),
    );
    router.refresh();
  }

  return (
    <Dialog
      trigger={
        <Button variant="primary" data-shortcut="create">
          <Plus aria-hidden="true" /> {words.invite}
        </Button>
      }
      open={open}
      onOpenChange={changeOpen}
      dismissable={outcome === null}
      title={outcome ? outcomeTitle(outcome) : words.invite}
      description={outcome ? words.linksOnce : undefined}
    >
      {outcome ? (
        <Links {...outcome} onDone={() => changeOpen(false)} />
      ) : (
        <InviteForm defaultRole={defaultRole} onInvite={invite} />
      )}
    </Dialog>
  );
}

/** As many calls as the API's limit of a list needs; a single address is corrected in the form, of several the rest still goes out. */
async function inviteList(orgId: string, { emails, role }: InviteInput): Promise<Outcome> {
  const result: Outcome = { invited: [], refused: [] };
  for (let from = 0; from < emails.length; from += MAX_AT_ONCE) {
    const part = emails.slice(from, from + MAX_AT_ONCE);
    try {
      const body = { invites: part.map((email) => ({ email, role })) };
      const { items } = await apiFetch<{ items: InviteOutcome[] }>('POST', `/v1/orgs/${orgId}/invites/batch`, body);
      for (const { email, invite, error } of items) {
        if (invite) result.invited.push(invite);
        else result.refused.push({ email, reason: error?.error ?? words.notInvitable });
      }
    } catch (thrown) {
      // Links of an earlier part are shown this once: a later part's failure must not take them away.
      if (result.invited.length === 0) throw thrown;
      result.refused.push(...part.map((email) => ({ email, reason: asApiError(thrown).message })));
    }
  }
  return result;
}

function outcomeTitle({ invited, refused }: Outcome): string {
  if (invited.length === 0) return words.nobodyInvited;
  return refused.length === 0 ? words.invited(invited.length) : words.invitedOrRefused(invited.length, refused.length);
}

function Links({ invited, refused, onDone }: Outcome & { onDone: () => void }) {
  return (
    <>
      <div className="flex flex-col gap-4">
        {refused.length > 0 && <ErrorNote message={words.notInvited} hint={<Reasons refused={refused} />} />}
        {invited.map((one) => (
          <InviteLink key={one.email} {...one} />
        ))}
        {invited.length > 1 && <CopyAll invited={invited} />}
      </div>
      <DialogActions>
        <Button variant="primary" onClick={onDone}>
          {words.done}
        </Button>
      </DialogActions>
    </>
  );
}

/** One note for all of them: a long list of mistakes must not bury the links. */
function Reasons({ refused }: { refused: Refused[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {refused.map(({ email, reason }) => (
        <li key={email} className="wrap-anywhere">
          {words.refusedFor(<span className="font-medium">{email}</span>, reason)}
        </li>
      ))}
    </ul>
  );
}

function CopyAll({ invited }: { invited: Invited[] }) {
  const lines = invited.map(({ email, invite_url }) => `${email}\t${invite_url}`).join('\n');
  return (
    <CopyButton value={lines} label={words.copyLinksLabel} variant="secondary" className="self-start">
      {words.copyLinks}
    </CopyButton>
  );
}
