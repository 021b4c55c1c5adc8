'use client';

import { type FormEvent, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { type AuthProblem, authProblem } from '../_parts/auth-problem';
import { enter, useAuth } from '../_parts/use-auth';

export function SetPasswordForm({ email, next }: { email: string; next: string }) {
  const { auth } = useAuth();
  const [password, setPassword] = useState('');
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<AuthProblem | null>(null);

  async function save(event: FormEvent) {
    event.preventDefault();
    if (pending) return;
    setPending(true);
    setProblem(null);
    try {
      const { error } = await auth().updateUser({ password });
      if (error) throw error;
      return enter(next);
    } catch (error) {
      setProblem(authProblem(error));
    }
    setPending(false);
  }

  return (
    <form method="post" onSubmit={save} className="flex flex-col gap-4">
      {problem && <ErrorNote message={problem.message} hint={problem.hint} />}
      {/* Tells the password manager whose password this is. */}
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <Field
        label="New password"
        type="password"
        name="password"
        autoComplete="new-password"
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        required
      />
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Save the password
      </Button>
    </form>
  );
}
