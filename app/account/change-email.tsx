'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Card } from '@/app/_ui/card';
import { EmailText } from '@/app/_ui/email-text';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { Note } from '@/app/_ui/note';
import { toast } from '@/app/_ui/toast';
import * as words from '@/messages/account-email';
import { refuseInsecurePage } from '../auth/_parts/use-auth';
import { useAccountWork } from './_parts/use-account-work';

interface ChangeEmailProps {
  email: string;
  /** The new address while it waits for its confirmation. */
  pending: string | null;
  /** Single sign-on decides the address. */
  managed: boolean;
}

export function ChangeEmail({ email, pending: waiting, managed }: ChangeEmailProps) {
  const router = useRouter();
  const { callbackUrl, pending, problem, run } = useAccountWork();
  const [draft, setDraft] = useState('');
  const same = draft.trim().toLowerCase() === email.toLowerCase();

  function ask(address: string) {
    return run(async (auth) => {
      refuseInsecurePage();
      const { error } = await auth.updateUser({ email: address }, { emailRedirectTo: callbackUrl('/account?email=changed') });
      if (error) throw error;
      setDraft('');
      toast.success(words.sent);
      router.refresh();
    });
  }

  function submit() {
    if (!same) void ask(draft.trim());
  }

  if (managed) {
    return <Card title={words.title} description={words.managed} />;
  }
  return (
    <Card title={words.title} description={words.hint}>
      <Form onSubmit={submit} className="flex flex-col gap-3">
        {waiting && <Waiting from={email} to={waiting} pending={pending} onResend={() => void ask(waiting)} />}
        {problem && <ErrorNote message={problem.message} hint={problem.hint} />}
        <div className="flex flex-wrap items-end gap-2">
          <Field
            className="min-w-0 flex-1 basis-56"
            label={waiting ? words.another : words.newAddress}
            type="email"
            name="new-email"
            autoComplete="email"
            value={draft}
            onValue={setDraft}
            error={same && draft !== '' ? words.same : undefined}
            required
          />
          <Button type="submit" pending={pending} disabled={same && draft !== ''}>
            {words.send}
          </Button>
        </div>
      </Form>
    </Card>
  );
}

interface WaitingProps {
  from: string;
  to: string;
  pending: boolean;
  onResend: () => void;
}

function Waiting({ from, to, pending, onResend }: WaitingProps) {
  return (
    <Note tone="info" title={words.waitingFor(<EmailText>{to}</EmailText>)}>
      <p>{words.waitingHint(from, to)}</p>
      <Button size="sm" className="mt-2" pending={pending} onClick={onResend}>
        {words.sendBothAgain}
      </Button>
    </Note>
  );
}
