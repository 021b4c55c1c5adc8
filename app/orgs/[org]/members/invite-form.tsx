'use client';

import { type ClipboardEvent, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { DialogActions, DialogClose } from '@/app/_ui/dialog';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { Select } from '@/app/_ui/select';
import { useSubmit } from '@/app/orgs/_parts/use-submit';
import * as words from '@/messages/members';
import { splitAddresses } from './split-addresses';

const ROLES = [
  { value: 'member', label: words.inviteMember },
  { value: 'admin', label: words.inviteAdmin },
];

export interface InviteInput {
  emails: string[];
  role: string;
}

interface InviteFormProps {
  defaultRole: string;
  onInvite: (input: InviteInput) => Promise<void>;
}

export function InviteForm({ defaultRole, onInvite }: InviteFormProps) {
  const { pending, error, submit } = useSubmit();
  const [text, setText] = useState('');
  const [role, setRole] = useState(defaultRole);
  const [empty, setEmpty] = useState(false);

  function send() {
    const emails = splitAddresses(text);
    setEmpty(emails.length === 0);
    if (emails.length > 0) void submit(() => onInvite({ emails, role }));
  }

  // A one-line input would glue pasted lines together.
  function paste(event: ClipboardEvent<HTMLInputElement>) {
    const pasted = event.clipboardData.getData('text');
    if (!/\s/.test(pasted.trim())) return;
    event.preventDefault();
    setText([...splitAddresses(text), ...splitAddresses(pasted)].join(', '));
  }

  const problem = error?.fieldMessage('email');
  return (
    <Form onSubmit={send} noValidate className="flex flex-col gap-4">
      <Field
        label={words.email}
        autoFocus
        value={text}
        onValue={setText}
        onPaste={paste}
        error={empty ? words.emailMissing : problem && words.emailProblem(problem)}
        hint={words.emailHint}
        placeholder={words.emailExample}
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <Field label={words.role}>
        <Select options={ROLES} value={role} onValue={setRole} />
      </Field>
      {error && !problem && <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />}
      <DialogActions>
        <DialogClose>
          <Button disabled={pending}>{words.cancel}</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={pending}>
          {words.send}
        </Button>
      </DialogActions>
    </Form>
  );
}
