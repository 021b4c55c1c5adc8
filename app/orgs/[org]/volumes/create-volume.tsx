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

const SIZES = [
  { value: '256', label: '256 MiB' },
  { value: '1024', label: '1 GiB' },
  { value: '10240', label: '10 GiB' },
  { value: '65536', label: '64 GiB' },
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
          <Plus aria-hidden="true" /> New volume
        </Button>
      }
      open={open}
      onOpenChange={setOpen}
      title="New volume"
      description="It lies on one machine, and sandboxes that use it start there."
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
      toast.success(`The volume ${name} is there`);
      onCreated();
    });
  }

  return (
    <Form onSubmit={create} className="flex flex-col gap-4">
      <Field
        label="Name"
        autoFocus
        value={name}
        onValue={setName}
        required
        pattern="[a-zA-Z0-9._\-]{1,64}"
        title="Letters, digits, dots, hyphens and underscores"
        placeholder="cache"
        autoComplete="off"
        hint="Sandboxes find it under this name."
      />
      <Field label="Size">
        <Select options={SIZES} value={size} onValue={setSize} />
      </Field>
      {error && <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />}
      <DialogActions>
        <DialogClose>
          <Button disabled={pending}>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={pending}>
          Create volume
        </Button>
      </DialogActions>
    </Form>
  );
}
