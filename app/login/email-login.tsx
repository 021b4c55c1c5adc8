'use client';

import { useRef, useState } from 'react';
import { Form } from '@/app/_ui/form';
import { PlainLink } from '@/app/_ui/plain-link';
import * as words from '@/messages/login-form';
import { EmailField } from '../auth/_parts/email-field';
import { PasswordField } from '../auth/_parts/password-field';
import { WayButton } from '../auth/_parts/way-button';
import { LoginProblem } from './login-problem';
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

  function submit() {
    void login.signInWithPassword(email.trim(), password);
  }

  function mailLink() {
    if (emailInput.current?.reportValidity()) void login.mailLink(email.trim());
  }

  return (
    // POST, so that a submit before the script has loaded puts no password into the address bar.
    <Form onSubmit={submit} className="flex flex-col gap-4">
      <LoginProblem login={login} email={email} />
      <EmailField ref={emailInput} value={email} onValue={setEmail} />
      <PasswordField
        kind="current"
        aside={<PlainLink href={forgotHref}>{words.forgot}</PlainLink>}
        value={password}
        onValue={setPassword}
      />
      <WayButton way="password" type="submit" variant="primary" pending={login.pending === 'password'}>
        {words.signIn}
      </WayButton>
      <WayButton way="link" pending={login.pending === 'link'} onClick={mailLink}>
        {words.mailLink}
      </WayButton>
    </Form>
  );
}
