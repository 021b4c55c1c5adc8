'use client';

import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { DialogActions, DialogClose } from '@/app/_ui/dialog';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { Note } from '@/app/_ui/note';
import { Select } from '@/app/_ui/select';
import { useSubmit } from '@/app/orgs/_parts/use-submit';
import { MAX_OVERLAP_DAYS, minuteFromNow, OVERLAP_CHOICES, type Overlap, overlapOf } from './overlap';

interface RotateFormProps {
  olderPrefix: string | null;
  onRotate: (overlap: Overlap) => Promise<void>;
}

export function RotateForm({ olderPrefix, onRotate }: RotateFormProps) {
  const { pending, error, submit } = useSubmit();
  const [choice, setChoice] = useState('86400');
  const [moment, setMoment] = useState('');
  const problem = error?.fieldMessage('previous_expires_at');

  function rotate() {
    void submit(() => onRotate(overlapOf(choice, moment)));
  }

  return (
    <Form onSubmit={rotate} className="flex flex-col gap-4">
      {olderPrefix && (
        <Note tone="warn" icon={<TriangleAlert />}>
          The secret before this one, <code className="font-mono text-xs">{olderPrefix}…</code>, still works. It ends with this
          rotation.
        </Note>
      )}
      <Field
        label="Keep the old secret for"
        hint={
          choice === '0'
            ? 'Every call with it is refused from then on.'
            : 'Both work meanwhile. The list tells when the old one was last used, and you can end it earlier.'
        }
      >
        <Select options={OVERLAP_CHOICES} value={choice} onValue={setChoice} />
      </Field>
      {choice === 'moment' && (
        <Field
          label="The old secret ends"
          type="datetime-local"
          required
          min={minuteFromNow(1, new Date())}
          max={minuteFromNow(MAX_OVERLAP_DAYS * 1440, new Date())}
          value={moment}
          onValue={setMoment}
          error={problem && `The moment ${problem}`}
        />
      )}
      {error && !problem && <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />}
      <DialogActions>
        <DialogClose>
          <Button disabled={pending}>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant={choice === '0' ? 'danger' : 'primary'} pending={pending}>
          Rotate
        </Button>
      </DialogActions>
    </Form>
  );
}
