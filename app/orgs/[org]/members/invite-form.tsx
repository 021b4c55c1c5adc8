'use client';

import { type ClipboardEvent, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { DialogActions, DialogClose } from '@/app/_ui/dialog';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { Select } from '@/app/_ui/select';
import { useSubmit } from '@/app/orgs/_parts/use-submit';
import { splitAddresses } from './split-addresses';

const ROLES = [
  { value: 'member', label: 'member: sandboxes and their own tokens' },
  { value: 'admin', label: 'admin: also people, all tokens, the audit log' },
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
        label="E-mail"
        autoFocus
        value={text}
        onValue={setText}
        onPaste={paste}
        error={empty ? 'Enter an address' : problem && `This ${problem}`}
        hint="Several at once: set them apart with commas, or paste a list."
        placeholder="panda@example.com"
        inputMode="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <Field label="Role">
        <Select options={ROLES} value={role} onValue={setRole} />
      </Field>
      {error && !problem && <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />}
      <DialogActions>
        <DialogClose>
          <Button disabled={pending}>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={pending}>
          Send invitation
        </Button>
      </DialogActions>
    </Form>
  );
}
