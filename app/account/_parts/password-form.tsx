'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { Note } from '@/app/_ui/note';
import { PasswordField } from '@/app/auth/_parts/password-field';
import type { BrowserAuth } from '@/lib/supabase/browser-client';
import * as words from '@/messages/password-form';
import { CodeField, plainCode } from './code-field';
import { useAccountWork } from './use-account-work';

interface PasswordFormProps {
  email: string;
  size?: 'md' | 'lg';
  onSaved: () => void;
}

/** A new password. What else the server wants for it (a code by mail, the present one) is asked when it says so. */
export function PasswordForm({ email, size = 'md', onSaved }: PasswordFormProps) {
  const { pending, problem, run } = useAccountWork();
  const [password, setPassword] = useState('');
  const [present, setPresent] = useState<string | null>(null);
  const [code, setCode] = useState<string | null>(null);

  async function save(auth: BrowserAuth) {
    const { error } = await auth.updateUser({
      password,
      ...(code && { nonce: plainCode(code) }),
      ...(present && { current_password: present }),
    });
    if (error?.code === 'reauthentication_needed') return mailCode(auth);
    // Any other refusal came after the code was taken, which counts once: the next try asks for a new one.
    if (error && error.code !== 'reauthentication_not_valid') setCode(null);
    if (error?.code?.startsWith('current_password_') && present === null) return setPresent('');
    if (error) throw error;
    setPassword('');
    setPresent(null);
    setCode(null);
    onSaved();
  }

  async function mailCode(auth: BrowserAuth) {
    const { error } = await auth.reauthenticate();
    if (error) throw error;
    setCode('');
  }

  function submit() {
    void run(save);
  }

  return (
    <Form onSubmit={submit} className="flex flex-col gap-4">
      {/* Tells the password manager whose password this is. */}
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      {present !== null && (
        <Field
          label={words.present}
          hint={words.presentHint}
          type="password"
          name="present-password"
          autoComplete="current-password"
          value={present}
          onValue={setPresent}
          required
        />
      )}
      <PasswordField kind="new" label={words.fresh} value={password} onValue={setPassword} />
      {code !== null && (
        <>
          <Note role="status" tone="info" title={words.enterCode}>
            {words.codeSent(email)}
          </Note>
          <CodeField label={words.code} value={code} onValue={setCode} />
        </>
      )}
      {problem && <ErrorNote message={problem.message} hint={problem.hint} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant={size === 'lg' ? 'primary' : 'secondary'} size={size} pending={pending}>
          {words.save}
        </Button>
        {code !== null && (
          <Button variant="ghost" size={size} onClick={() => void run(mailCode)}>
            {words.sendAnother}
          </Button>
        )}
      </div>
    </Form>
  );
}
