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
import * as words from '@/messages/tokens';
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
          {words.olderEnds(<code className="font-mono text-xs">{olderPrefix}…</code>)}
        </Note>
      )}
      <Field label={words.keepOld} hint={choice === '0' ? words.keepOldNotHint : words.keepOldHint}>
        <Select options={OVERLAP_CHOICES} value={choice} onValue={setChoice} />
      </Field>
      {choice === 'moment' && (
        <Field
          label={words.oldEnds}
          type="datetime-local"
          required
          min={minuteFromNow(1, new Date())}
          max={minuteFromNow(MAX_OVERLAP_DAYS * 1440, new Date())}
          value={moment}
          onValue={setMoment}
          error={problem && words.momentProblem(problem)}
        />
      )}
      {error && !problem && <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />}
      <DialogActions>
        <DialogClose>
          <Button disabled={pending}>{words.cancel}</Button>
        </DialogClose>
        <Button type="submit" variant={choice === '0' ? 'danger' : 'primary'} pending={pending}>
          {words.rotate}
        </Button>
      </DialogActions>
    </Form>
  );
}
