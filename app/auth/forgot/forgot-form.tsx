'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import { Form } from '@/app/_ui/form';
import * as words from '@/messages/forgot-password';
import { type AuthProblem, authProblem } from '../_parts/auth-problem';
import { CheckMail } from '../_parts/check-mail';
import { EmailField } from '../_parts/email-field';
import { enterSignedIn, refuseInsecurePage, useAuth } from '../_parts/use-auth';

export function ForgotForm({ afterLink }: { afterLink: string }) {
  const { auth, callbackUrl } = useAuth();
  const [email, setEmail] = useState('');
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<AuthProblem | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);

  async function send(address: string) {
    refuseInsecurePage();
    const { error } = await (await auth()).resetPasswordForEmail(address, { redirectTo: callbackUrl(afterLink) });
    if (error && error.code !== 'user_not_found') throw error;
  }

  async function submit() {
    if (pending) return;
    setPending(true);
    setProblem(null);
    try {
      await send(email.trim());
      setSentTo(email.trim());
    } catch (error) {
      setProblem(await authProblem(error));
    }
    setPending(false);
  }

  async function enterCode(token: string) {
    const { data, error } = await (await auth()).verifyOtp({ email: sentTo ?? '', token, type: 'recovery' });
    if (error) throw error;
    if (data.session) enterSignedIn(data.session, afterLink);
  }

  if (sentTo) {
    return (
      <CheckMail
        email={sentTo}
        text={words.sent}
        onCode={enterCode}
        onResend={() => send(sentTo)}
        onBack={() => setSentTo(null)}
      />
    );
  }
  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      {problem && <ErrorNote message={problem.message} hint={problem.hint} />}
      <EmailField value={email} onValue={setEmail} />
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {words.mailLink}
      </Button>
    </Form>
  );
}
