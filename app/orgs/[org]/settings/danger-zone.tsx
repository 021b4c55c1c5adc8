'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Card } from '@/app/_ui/card';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { Field } from '@/app/_ui/field';
import { Select } from '@/app/_ui/select';
import { toast, toastOnNextPage } from '@/app/_ui/toast';
import { apiFetch } from '@/lib/api-client/api-fetch';

interface DangerZoneProps {
  org: { id: string; slug: string; name: string };
  /** Everybody but the viewer. */
  heirs: readonly { userId: string; name: string }[];
}

/** What an owner does once: give the organization away, or end it. */
export function DangerZone({ org, heirs }: DangerZoneProps) {
  return (
    <Card title="Danger zone" flush className="border-danger/40">
      <div className="divide-y">
        <Act
          title="Transfer ownership"
          text={
            heirs.length > 0
              ? 'Another member becomes the owner. You stay as an admin.'
              : 'There is nobody to transfer it to: invite somebody first.'
          }
        >
          <Transfer org={org} heirs={heirs} />
        </Act>
        <Act title="Delete this organization" text="Its members, invitations and API tokens end with it. It cannot be undone.">
          <Delete org={org} />
        </Act>
      </div>
    </Card>
  );
}

function Act({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3.5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">{title}</p>
        <p className="text-muted text-sm">{text}</p>
      </div>
      {children}
    </div>
  );
}

/** Nobody is chosen beforehand: two clicks must not give an organization to whoever stands first. */
const NOBODY = { value: '', label: 'Choose a member…', disabled: true };

function Transfer({ org, heirs }: DangerZoneProps) {
  const router = useRouter();
  const [heir, setHeir] = useState('');

  async function transfer() {
    await apiFetch('POST', `/v1/orgs/${org.id}/transfer`, { user_id: heir });
    toast.success(`${heirs.find(({ userId }) => userId === heir)?.name} is the owner of ${org.name} now`);
    // Its settings are not all an admin's; the members page shows what became of both.
    router.push(`${window.location.pathname.replace(/\/settings$/, '')}/members`);
    router.refresh();
  }

  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" disabled={heirs.length === 0}>
          Transfer…
        </Button>
      }
      title={`Transfer ${org.name}?`}
      description="They can then do everything here, and remove you. Only they can give it back."
      confirmLabel="Transfer"
      ready={heir !== ''}
      onConfirm={transfer}
    >
      <Field label="New owner">
        <Select
          value={heir}
          onValue={setHeir}
          options={[NOBODY, ...heirs.map(({ userId, name }) => ({ value: userId, label: name }))]}
        />
      </Field>
    </ConfirmDialog>
  );
}

function Delete({ org }: Pick<DangerZoneProps, 'org'>) {
  async function remove() {
    await apiFetch('DELETE', `/v1/orgs/${org.id}`, { confirm: org.slug });
    toastOnNextPage(`${org.name} was deleted`);
    // A whole new page: nothing of the org may stay in this browser's router.
    window.location.assign('/');
  }

  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="danger">
          Delete…
        </Button>
      }
      title={`Delete ${org.name}?`}
      description="Everybody loses access at once, and every API token stops working. The audit log is kept for the operator of this server."
      confirmLabel="Delete the organization"
      typeToConfirm={org.slug}
      onConfirm={remove}
    />
  );
}
