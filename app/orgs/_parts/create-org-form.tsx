'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import type { ApiError } from '@/lib/api-client/api-error';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/orgs';
import { orgPath } from './org-path';
import { useSubmit } from './use-submit';

const SLUG_CODES = ['slug_taken', 'slug_reserved'];

/** Founds an org and goes to it. The slug may stay empty: the API makes one from the name. */
export function CreateOrgForm() {
  const router = useRouter();
  const { pending, error, submit } = useSubmit();
  const [name, setName] = useState('');
  const [slug, setSlug] = useState('');
  const nameProblem = error?.fieldMessage('name');

  function create() {
    void submit(async () => {
      const input = slug.trim() === '' ? { name } : { name, slug: slug.trim() };
      router.push(orgPath(await apiFetch<{ id: string; slug: string }>('POST', '/v1/orgs', input)));
      // What was fetched ahead before does not know of it.
      router.refresh();
    });
  }

  return (
    <Form onSubmit={create} noValidate className="flex flex-col gap-4">
      <Field
        label={words.name}
        value={name}
        onValue={setName}
        error={nameProblem && words.nameProblem(nameProblem)}
        maxLength={80}
        placeholder={words.nameExample}
        autoComplete="organization"
      />
      <Field
        label={words.slug}
        aside={words.slugOptional}
        value={slug}
        onValue={setSlug}
        error={error && slugProblem(error)}
        hint={words.slugHint}
        placeholder={slugPreview(name) || words.slugFromName}
        maxLength={40}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
      />
      {error && error.fields.length === 0 && !SLUG_CODES.includes(error.code) && (
        <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />
      )}
      <Button type="submit" variant="primary" pending={pending} className="self-start">
        {words.create}
      </Button>
    </Form>
  );
}

function slugProblem(error: ApiError): string | undefined {
  if (SLUG_CODES.includes(error.code)) return words.slugRefused(error.message);
  const problem = error.fieldMessage('slug');
  return problem && words.slugProblem(problem);
}

/** Close to what the API will make of a name; it adds a few letters where that is taken. */
function slugPreview(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 34)
    .replace(/^-+|-+$/g, '');
}
