'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import { Form } from '@/app/_ui/form';
import * as words from '@/messages/signup';
import { type AuthProblem, authProblem } from '../auth/_parts/auth-problem';
import { CheckMail } from '../auth/_parts/check-mail';
import { EmailField } from '../auth/_parts/email-field';
import { Or } from '../auth/_parts/or';
import { PasswordField } from '../auth/_parts/password-field';
import { type Provider, ProviderButtons } from '../auth/_parts/provider-buttons';
import { enterSignedIn, refuseInsecurePage, useAuth } from '../auth/_parts/use-auth';

interface SignupFormProps {
  next: string;
  /** Whose addresses may make accounts; empty when anybody's may. */
  domains: readonly string[];
  providers: readonly Provider[];
}

export function SignupForm({ next, domains, providers }: SignupFormProps) {
  const { auth, callbackUrl } = useAuth();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<AuthProblem | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);

  async function signUp() {
    if (pending) return;
    setPending(true);
    setProblem(null);
    const address = email.trim();
    try {
      refuseForeignDomain(address, domains);
      refuseInsecurePage();
      const { data, error } = await (await auth()).signUp({
        email: address,
        password,
        options: { emailRedirectTo: callbackUrl(next) },
      });
      if (error) throw error;
      if (data.session) return enterSignedIn(data.session, next);
      setSentTo(address);
    } catch (error) {
      setProblem(await authProblem(error));
    }
    setPending(false);
  }

  async function resend() {
    const { error } = await (await auth()).resend({
      type: 'signup',
      email: sentTo ?? '',
      options: { emailRedirectTo: callbackUrl(next) },
    });
    if (error) throw error;
  }

  async function confirmWithCode(token: string) {
    const { data, error } = await (await auth()).verifyOtp({ email: sentTo ?? '', token, type: 'signup' });
    if (error) throw error;
    if (data.session) enterSignedIn(data.session, next);
  }

  if (sentTo) {
    return (
      <CheckMail email={sentTo} text={words.sent} onCode={confirmWithCode} onResend={resend} onBack={() => setSentTo(null)} />
    );
  }
  return (
    <Form onSubmit={signUp} className="flex flex-col gap-4">
      {providers.length > 0 && (
        <>
          <div className="flex flex-col gap-2.5">
            <ProviderButtons providers={providers} next={next} onProblem={(error) => void authProblem(error).then(setProblem)} />
          </div>
          <Or />
        </>
      )}
      {problem && <ErrorNote message={problem.message} hint={problem.hint} />}
      <EmailField hint={domains.length > 0 ? words.domains(domains) : undefined} value={email} onValue={setEmail} />
      <PasswordField kind="new" hint={words.passwordHint} value={password} onValue={setPassword} />
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {words.create}
      </Button>
    </Form>
  );
}

// Told before an account is made that could do nothing here; the API is what keeps strangers out.
function refuseForeignDomain(address: string, domains: readonly string[]): void {
  const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
  if (domains.length > 0 && !domains.includes(domain))
    throw Object.assign(new Error('foreign domain'), { code: 'foreign_domain' });
}
