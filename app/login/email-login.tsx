'use client';

import { type FormEvent, useRef, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Field } from '@/app/_ui/field';
import { TextLink } from '@/app/_ui/text-link';
import { Or } from './or';
import type { useLogin } from './use-login';

interface EmailLoginProps {
  login: ReturnType<typeof useLogin>;
  forgotHref: string;
}

/** One address for both ways: with the password, or by a link to the mailbox. */
export function EmailLogin({ login, forgotHref }: EmailLoginProps) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const emailInput = useRef<HTMLInputElement>(null);

  function submit(event: FormEvent) {
    event.preventDefault();
    void login.signInWithPassword(email.trim(), password);
  }

  function mailLink() {
    if (emailInput.current?.reportValidity()) void login.mailLink(email.trim());
  }

  return (
    // POST, so that a submit before the script has loaded puts no password into the address bar.
    <form method="post" onSubmit={submit} className="flex flex-col gap-4">
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
      <Button type="submit" variant="primary" size="lg" pending={login.pending === 'password'}>
        Sign in
      </Button>
      <Or />
      <Button size="lg" pending={login.pending === 'link'} onClick={mailLink}>
        E-mail me a sign-in link
      </Button>
    </form>
  );
}
