'use client';

import { UserRoundX } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { EmailText } from '@/app/_ui/email-text';
import { ErrorNote } from '@/app/_ui/error-note';
import { Note } from '@/app/_ui/note';
import { PlainLink } from '@/app/_ui/plain-link';
import * as words from '@/messages/invite';
import { continueInvite } from './continue-invite';

interface SwitchAccountProps {
  secret: string;
  email: string;
  invitedEmail: string;
}

/** Signed in with another address than the invited one: signs out here and comes back to this invite. */
export function SwitchAccount({ secret, email, invitedEmail }: SwitchAccountProps) {
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState(false);

  async function switchAccount() {
    setPending(true);
    setFailed(false);
    try {
      const answer = await fetch('/auth/sign-out', { method: 'POST', redirect: 'manual' });
      if (answer.type !== 'opaqueredirect') throw new Error('sign-out was refused');
      await continueInvite(secret, 'login');
    } catch {
      setFailed(true);
      setPending(false);
    }
  }

  return (
    <div className="flex flex-col gap-4">
      <Note tone="warn" icon={<UserRoundX />} title={words.signedInAs(<EmailText>{email}</EmailText>)}>
        {words.otherAddress(invitedEmail)}
      </Note>
      {failed && <ErrorNote message={words.unreachable} hint={words.unreachableHint} />}
      <Button variant="primary" size="lg" pending={pending} onClick={() => void switchAccount()}>
        {words.switchAccount}
      </Button>
      <p className="text-center text-muted text-sm">
        {words.orStay(email, (text) => (
          <PlainLink href="/">{text}</PlainLink>
        ))}
      </p>
    </div>
  );
}
