'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { Select } from '@/app/_ui/select';
import type { AccountFactor } from '@/lib/supabase/fetch-account';
import * as words from '@/messages/mfa';
import { CodeField, plainCode } from '../account/_parts/code-field';
import { useAccountWork } from '../account/_parts/use-account-work';
import { enter } from '../auth/_parts/use-auth';

/** Asks for the code of one of the person's authenticators, then goes on with the session it makes. */
export function ChallengeForm({ factors, next }: { factors: readonly AccountFactor[]; next: string }) {
  const { pending, problem, run } = useAccountWork();
  const [factorId, setFactorId] = useState(factors[0]?.id ?? '');
  const [code, setCode] = useState('');

  function verify() {
    void run(async (auth) => {
      const { error } = await auth.mfa.challengeAndVerify({ factorId, code: plainCode(code) });
      if (error) throw error;
      enter(next);
    });
  }

  return (
    <Form onSubmit={verify} className="flex flex-col gap-4">
      {factors.length > 1 && (
        <Field label={words.authenticator}>
          <Select value={factorId} onValue={setFactorId} options={factors.map(({ id, name }) => ({ value: id, label: name }))} />
        </Field>
      )}
      <CodeField
        label={words.code}
        hint={factors.length === 1 && words.codeOf(factors[0]?.name)}
        value={code}
        onValue={setCode}
        autoFocus
      />
      {problem && <ErrorNote message={problem.message} hint={problem.hint} />}
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        {words.goOn}
      </Button>
    </Form>
  );
}
