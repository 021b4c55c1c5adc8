'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogActions, DialogClose } from '@/app/_ui/dialog';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { Select } from '@/app/_ui/select';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/orgs/_parts/use-submit';
import { sandboxApi, sandboxPath } from '@/lib/api-client/sandbox-api';
import * as words from '@/messages/sandbox-parts';
import { durationWords, LIFETIMES, lifetimeOf } from './words';

interface Lifetime {
  id: string;
  persistent: boolean;
  ttlSeconds: number;
}

interface LifetimeDialogProps {
  orgId: string;
  sandbox: Lifetime;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Keeps a sandbox, or lets it end by itself when nothing has been asked of it for a while. */
export function LifetimeDialog({ open, onOpenChange, ...rest }: LifetimeDialogProps) {
  return (
    <Dialog title={words.lifetimeTitle} description={words.lifetimeHint} open={open} onOpenChange={onOpenChange}>
      <LifetimeForm {...rest} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function LifetimeForm({ orgId, sandbox, onDone }: { orgId: string; sandbox: Lifetime; onDone: () => void }) {
  const router = useRouter();
  const { pending, error, submit } = useSubmit();
  const [choice, setChoice] = useState(sandbox.persistent ? 'keep' : String(sandbox.ttlSeconds));

  function change() {
    void submit(async () => {
      const path = sandboxPath(sandbox.id, '/lifecycle');
      await sandboxApi(orgId, { method: 'PATCH', path, body: lifetimeOf(choice) });
      toast.success(choice === 'keep' ? words.nowKept : words.nowEnds);
      router.refresh();
      onDone();
    });
  }

  return (
    <Form onSubmit={change} className="flex flex-col gap-4">
      <Field label={words.lifetimeOf}>
        <Select options={choicesWith(sandbox)} value={choice} onValue={setChoice} />
      </Field>
      {error && <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />}
      <DialogActions>
        <DialogClose>
          <Button disabled={pending}>{words.cancel}</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={pending}>
          {words.save}
        </Button>
      </DialogActions>
    </Form>
  );
}

/** The usual ones, and the sandbox's own where a program chose another. */
function choicesWith({ persistent, ttlSeconds }: Lifetime) {
  const value = String(ttlSeconds);
  if (persistent || LIFETIMES.some((one) => one.value === value)) return LIFETIMES;
  return [{ value, label: words.otherLifetime(durationWords(ttlSeconds)) }, ...LIFETIMES];
}
