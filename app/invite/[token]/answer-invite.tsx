'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import { type ApiError, asApiError } from '@/lib/api-client/api-error';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/invite';
import { SwitchAccount } from './switch-account';

interface AnswerInviteProps {
  secret: string;
  email: string;
  invitedEmail: string;
  orgName: string;
  orgSlug: string;
}

/** Accept and Decline. Nothing happens before a click: a link that is merely opened must not make anybody a member. */
export function AnswerInvite({ secret, email, invitedEmail, orgName, orgSlug }: AnswerInviteProps) {
  const router = useRouter();
  const [pending, setPending] = useState<'accept' | 'decline' | null>(null);
  const [problem, setProblem] = useState<ApiError | null>(null);

  async function answer(what: 'accept' | 'decline') {
    if (pending) return;
    setPending(what);
    setProblem(null);
    try {
      await apiFetch('POST', `/v1/orgs/invites/${encodeURIComponent(secret)}/${what}`);
      if (what === 'accept') return window.location.assign(`/orgs/${orgSlug}`);
      router.refresh();
    } catch (error) {
      const refusal = asApiError(error);
      // Somebody (or another tab) was quicker: the page knows the words for that state.
      if (refusal.status === 410 || refusal.code === 'already_member') router.refresh();
      setProblem(refusal);
    }
    setPending(null);
  }

  if (problem?.code === 'email_mismatch') return <SwitchAccount secret={secret} email={email} invitedEmail={invitedEmail} />;
  return (
    <div className="flex flex-col gap-4">
      {problem && <ErrorNote message={problem.message} hint={problem.hint} requestId={problem.requestId} />}
      <div className="grid grid-cols-[minmax(0,1fr)_auto] gap-2.5">
        <Button variant="primary" size="lg" pending={pending === 'accept'} onClick={() => void answer('accept')}>
          <span className="truncate">{words.join(orgName)}</span>
        </Button>
        <Button size="lg" pending={pending === 'decline'} onClick={() => void answer('decline')}>
          {words.decline}
        </Button>
      </div>
      <p className="wrap-anywhere text-muted text-sm">{words.answersAs(email)}</p>
    </div>
  );
}
