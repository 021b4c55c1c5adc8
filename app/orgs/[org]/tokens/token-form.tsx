'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { DialogActions, DialogClose } from '@/app/_ui/dialog';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { Select } from '@/app/_ui/select';
import { useSubmit } from '@/app/orgs/_parts/use-submit';
import * as words from '@/messages/tokens';
import { dayFromNow, EXPIRY_CHOICES, expiryOf } from './expiry';

export interface TokenInput {
  label: string;
  role: string;
  expires_at: string | null;
}

interface TokenFormProps {
  roles: readonly string[];
  onCreate: (input: TokenInput) => Promise<void>;
}

export function TokenForm({ roles, onCreate }: TokenFormProps) {
  const { pending, error, submit } = useSubmit();
  const [label, setLabel] = useState('');
  const [role, setRole] = useState('member');
  const [expiry, setExpiry] = useState('90');
  const [day, setDay] = useState('');
  const problem = (field: string) => error?.fieldMessage(field);
  const labelProblem = problem('label');
  const named = labelProblem ?? problem('expires_at') ?? problem('role');

  function create() {
    void submit(() => onCreate({ label, role, expires_at: expiryOf(expiry, day, new Date())?.toISOString() ?? null }));
  }

  return (
    <Form onSubmit={create} className="flex flex-col gap-4">
      <Field
        label={words.label}
        autoFocus
        value={label}
        onValue={setLabel}
        error={labelProblem && words.labelProblem(labelProblem)}
        hint={words.labelHint}
        placeholder={words.labelExample}
        maxLength={80}
        required
        autoComplete="off"
      />
      {roles.length > 1 && (
        <Field label={words.role} hint={words.roleHint} error={problem('role')}>
          <Select options={roles.map(roleOption)} value={role} onValue={setRole} />
        </Field>
      )}
      <ExpiryFields choice={expiry} onChoice={setExpiry} day={day} onDay={setDay} error={problem('expires_at')} />
      {error && !named && <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />}
      <DialogActions>
        <DialogClose>
          <Button disabled={pending}>{words.cancel}</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={pending}>
          {words.createNow}
        </Button>
      </DialogActions>
    </Form>
  );
}

const roleOption = (value: string) => ({ value, label: (words.roleMeanings as Record<string, string>)[value] ?? value });

interface ExpiryFieldsProps {
  choice: string;
  onChoice: (choice: string) => void;
  day: string;
  onDay: (day: string) => void;
  error: string | undefined;
}

function ExpiryFields({ choice, onChoice, day, onDay, error }: ExpiryFieldsProps) {
  return (
    <div className="flex flex-col gap-4 sm:flex-row">
      <Field label={words.expires} className="flex-1">
        <Select options={EXPIRY_CHOICES} value={choice} onValue={onChoice} />
      </Field>
      {choice === 'date' && (
        <Field
          label={words.lastDay}
          className="flex-1"
          type="date"
          required
          min={dayFromNow(0, new Date())}
          value={day}
          onValue={onDay}
          error={error && words.dateProblem(error)}
        />
      )}
    </div>
  );
}
