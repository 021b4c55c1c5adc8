'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import * as words from '@/messages/invite';
import { continueInvite } from './continue-invite';

type Way = 'login' | 'signup';

/** A form that works without scripts too; both buttons come back to this invite. */
export function SignInForInvite({ secret }: { secret: string }) {
  const [pending, setPending] = useState<Way | null>(null);
  const [failed, setFailed] = useState(false);

  async function leave(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (pending) return;
    const { submitter } = event.nativeEvent as SubmitEvent;
    const way: Way = submitter?.getAttribute('value') === 'signup' ? 'signup' : 'login';
    setPending(way);
    setFailed(false);
    try {
      await continueInvite(secret, way);
    } catch {
      setFailed(true);
      setPending(null);
    }
  }

  return (
    <form
      method="post"
      action={`/invite/${encodeURIComponent(secret)}/continue`}
      onSubmit={leave}
      className="flex flex-col gap-2.5"
    >
      {failed && <ErrorNote message={words.unreachable} hint={words.unreachableHint} />}
      <Button type="submit" name="to" value="login" variant="primary" size="lg" pending={pending === 'login'}>
        {words.signIn}
      </Button>
      <Button type="submit" name="to" value="signup" size="lg" pending={pending === 'signup'}>
        {words.createAccount}
      </Button>
    </form>
  );
}
