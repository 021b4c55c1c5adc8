'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import { Form } from '@/app/_ui/form';
import * as words from '@/messages/sso-login';
import { type AuthProblem, authProblem } from '../auth/_parts/auth-problem';
import { EmailField } from '../auth/_parts/email-field';
import { refuseInsecurePage, useAuth } from '../auth/_parts/use-auth';
import { rememberWay } from '../auth/_parts/use-last-way';

interface SsoLoginProps {
  next: string;
  onBack: () => void;
}

/** Asks for the work address: its domain tells which identity provider to go to. */
export function SsoLogin({ next, onBack }: SsoLoginProps) {
  const { auth, callbackUrl } = useAuth();
  const [email, setEmail] = useState('');
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<AuthProblem | null>(null);

  async function leave() {
    if (pending) return;
    setPending(true);
    setProblem(null);
    try {
      refuseInsecurePage();
      const domain = email.trim().split('@').at(-1)?.toLowerCase() ?? '';
      const { error } = await (await auth()).signInWithSSO({ domain, options: { redirectTo: callbackUrl(next) } });
      if (error) throw error;
      rememberWay('sso');
    } catch (error) {
      setProblem(await authProblem(error));
      setPending(false);
    }
  }

  return (
    <Form onSubmit={leave} className="flex flex-col gap-4">
      {problem && <ErrorNote message={problem.message} hint={problem.hint} />}
      <EmailField label={words.email} hint={words.emailHint} value={email} onValue={setEmail} />
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {words.goOn}
      </Button>
      <Button variant="ghost" size="lg" onClick={onBack}>
        {words.otherWays}
      </Button>
    </Form>
  );
}
