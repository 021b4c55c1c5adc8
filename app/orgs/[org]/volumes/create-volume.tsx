'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Dialog, DialogActions, DialogClose } from '@/app/_ui/dialog';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { Select } from '@/app/_ui/select';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/orgs/_parts/use-submit';
import { sandboxApi } from '@/lib/api-client/sandbox-api';
import * as words from '@/messages/volumes';

const SIZES = [
  { value: '256', label: words.sizes[256] },
  { value: '1024', label: words.sizes[1024] },
  { value: '10240', label: words.sizes[10240] },
  { value: '65536', label: words.sizes[65536] },
];

interface CreateVolumeProps {
  orgId: string;
  onCreated: () => void;
}

export function CreateVolume({ orgId, onCreated }: CreateVolumeProps) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog
      trigger={
        <Button variant="primary" data-shortcut="create">
          <Plus aria-hidden="true" /> {words.createTitle}
        </Button>
      }
      open={open}
      onOpenChange={setOpen}
      title={words.createTitle}
      description={words.createHint}
    >
      <VolumeForm
        orgId={orgId}
        onCreated={() => {
          setOpen(false);
          onCreated();
        }}
      />
    </Dialog>
  );
}

function VolumeForm({ orgId, onCreated }: CreateVolumeProps) {
  const { pending, error, submit } = useSubmit();
  const [name, setName] = useState('');
  const [size, setSize] = useState('1024');

  function create() {
    void submit(async () => {
      await sandboxApi(orgId, { method: 'POST', path: '/v1/volumes', body: { name, size_mb: Number(size) } });
      toast.success(words.created(name));
      onCreated();
    });
  }

  return (
    <Form onSubmit={create} className="flex flex-col gap-4">
      <Field
        label={words.name}
        autoFocus
        value={name}
        onValue={setName}
        required
        pattern="[a-zA-Z0-9._\-]{1,64}"
        title={words.nameRule}
        placeholder={words.nameExample}
        autoComplete="off"
        hint={words.nameHint}
      />
      <Field label={words.size}>
        <Select options={SIZES} value={size} onValue={setSize} />
      </Field>
      {error && <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />}
      <DialogActions>
        <DialogClose>
          <Button disabled={pending}>{words.cancel}</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={pending}>
          {words.create}
        </Button>
      </DialogActions>
    </Form>
  );
}
