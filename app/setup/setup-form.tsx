'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/setup';
import { orgPath } from '../orgs/_parts/org-path';
import { useSubmit } from '../orgs/_parts/use-submit';

/** The code, a name, and the way into the new org. Whether it is right the API decides. */
export function SetupForm() {
  const router = useRouter();
  const { pending, error, submit } = useSubmit();
  const [code, setCode] = useState('');
  const [name, setName] = useState('');
  const codeField = useRef<HTMLInputElement>(null);
  const codeProblem = error?.fieldMessage('code');
  const nameProblem = error?.fieldMessage('name');
  const wrongCode = error?.code === 'setup_code_invalid';

  useEffect(() => {
    if (wrongCode) codeField.current?.select();
  }, [wrongCode]);

  function claim() {
    void submit(async () => {
      router.push(orgPath(await apiFetch<{ id: string; slug: string }>('POST', '/v1/setup', { code, name })));
      // What was fetched ahead before does not know of it.
      router.refresh();
    });
  }

  return (
    <Form onSubmit={claim} noValidate className="flex flex-col gap-4">
      <Field
        label={words.code}
        value={code}
        onValue={setCode}
        error={wrongCode ? `${error.message}. ${error.hint}` : codeProblem && words.codeProblem(codeProblem)}
        ref={codeField}
        hint={!wrongCode && words.codeHint}
        placeholder={words.codeExample}
        maxLength={40}
        spellCheck={false}
        autoCapitalize="characters"
        autoComplete="one-time-code"
        className="[&_input]:font-mono [&_input]:tracking-wide"
      />
      <Field
        label={words.organization}
        value={name}
        onValue={setName}
        error={nameProblem && words.nameProblem(nameProblem)}
        hint={words.organizationHint}
        maxLength={80}
        placeholder={words.organizationExample}
        autoComplete="organization"
      />
      {error && error.fields.length === 0 && !wrongCode && (
        <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />
      )}
      <Button type="submit" variant="primary" size="lg" pending={pending} className="w-full">
        {words.enter}
      </Button>
    </Form>
  );
}
