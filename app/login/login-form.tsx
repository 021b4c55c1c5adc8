'use client';

import { type FormEvent, useRef, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { TextLink } from '@/app/_ui/text-link';
import { type AuthProblem, authProblem } from '../auth/_parts/auth-problem';
import { CheckMail } from '../auth/_parts/check-mail';
import { enter, refuseInsecurePage, useAuth } from '../auth/_parts/use-auth';
import { ProviderButtons } from './provider-buttons';

interface LoginFormProps {
  next: string;
  providers: readonly string[];
  emailEnabled: boolean;
  forgotHref: string;
}

const SENT = 'If it has an account here, a sign-in link is on its way. Open the link in this browser.';

export function LoginForm({ next, providers, emailEnabled, forgotHref }: LoginFormProps) {
  const { auth, callbackUrl } = useAuth();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [pending, setPending] = useState<'password' | 'link' | null>(null);
  const [problem, setProblem] = useState<AuthProblem | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const emailInput = useRef<HTMLInputElement>(null);

  async function run(what: 'password' | 'link', work: () => Promise<void>) {
    if (pending) return;
    setPending(what);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(authProblem(error));
      setPending(null);
    }
  }

  function signIn(event: FormEvent) {
    event.preventDefault();
    void run('password', async () => {
      const { error } = await auth().signInWithPassword({ email: email.trim(), password });
      if (error) throw error;
      enter(next);
    });
  }

  async function sendLink(address: string) {
    refuseInsecurePage();
    const options = { shouldCreateUser: false, emailRedirectTo: callbackUrl(next) };
    const { error } = await auth().signInWithOtp({ email: address, options });
    // "No such account" must look like a mail that was sent.
    if (error && !['otp_disabled', 'user_not_found', 'signup_disabled'].includes(error.code ?? '')) throw error;
  }

  function mailLink() {
    if (!emailInput.current?.reportValidity()) return;
    const address = email.trim();
    void run('link', async () => {
      await sendLink(address);
      setSentTo(address);
      setPending(null);
    });
  }

  async function signInWithCode(token: string) {
    const { error } = await auth().verifyOtp({ email: sentTo ?? '', token, type: 'email' });
    if (error) throw error;
    enter(next);
  }

  if (sentTo) {
    return (
      <CheckMail
        email={sentTo}
        text={SENT}
        onCode={signInWithCode}
        onResend={() => sendLink(sentTo)}
        onBack={() => setSentTo(null)}
      />
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <ProviderButtons providers={providers} next={next} onProblem={(error) => setProblem(authProblem(error))} />
      {providers.length > 0 && emailEnabled && <Or />}
      {problem && <ErrorNote message={problem.message} hint={problem.hint} />}
      {emailEnabled && (
        <form method="post" onSubmit={signIn} className="flex flex-col gap-4">
          <Field
            ref={emailInput}
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
            autoComplete="current-password"
            aside={<TextLink href={forgotHref}>Forgot it?</TextLink>}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            required
          />
          <Button type="submit" variant="primary" size="lg" pending={pending === 'password'}>
            Sign in
          </Button>
          <Or />
          <Button size="lg" pending={pending === 'link'} onClick={mailLink}>
            E-mail me a sign-in link
          </Button>
        </form>
      )}
    </div>
  );
}

function Or() {
  return (
    <div
      aria-hidden="true"
      className="flex items-center gap-3 text-faint text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line"
    >
      or
    </div>
  );
}
