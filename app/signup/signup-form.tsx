'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { type AuthProblem, authProblem } from '../auth/_parts/auth-problem';
import { CheckMail } from '../auth/_parts/check-mail';
import { enter, refuseInsecurePage, useAuth } from '../auth/_parts/use-auth';

const SENT =
  'We sent a link that finishes the sign-up. If the address has an account already, sign in instead. Open the link in this browser.';

export function SignupForm({ next }: { next: string }) {
  const { auth, callbackUrl } = useAuth();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<AuthProblem | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);

  async function signUp(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    setProblem(null);
    const address = email.trim();
    try {
      refuseInsecurePage();
      const { data, error } = await auth().signUp({ email: address, password, options: { emailRedirectTo: callbackUrl(next) } });
      if (error) throw error;
      if (data.session) return enter(next);
      setSentTo(address);
    } catch (error) {
      setProblem(authProblem(error));
    }
    setPending(false);
  }

  async function resend() {
    const { error } = await auth().resend({
      type: 'signup',
      email: sentTo ?? '',
      options: { emailRedirectTo: callbackUrl(next) },
    });
    if (error) throw error;
  }

  async function confirmWithCode(token: string) {
    const { error } = await auth().verifyOtp({ email: sentTo ?? '', token, type: 'signup' });
    if (error) throw error;
    enter(next);
  }

  if (sentTo) {
    return <CheckMail email={sentTo} text={SENT} onCode={confirmWithCode} onResend={resend} onBack={() => setSentTo(null)} />;
  }
  return (
    <form method="post" onSubmit={signUp} className="flex flex-col gap-4">
      {problem && <ErrorNote message={problem.message} hint={problem.hint} />}
      <Field
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        required
      />
      <Field
        label="Password"
        type="password"
        name="password"
        autoComplete="new-password"
        hint="A long sentence is good; your password manager's choice is better."
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        required
      />
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Create the account
      </Button>
    </form>
  );
}
