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
import * as words from '@/messages/settings';

interface DangerZoneProps {
  org: { id: string; slug: string; name: string };
  /** Everybody but the viewer. */
  heirs: readonly { userId: string; name: string }[];
}

/** What an owner does once: give the organization away, or end it. */
export function DangerZone({ org, heirs }: DangerZoneProps) {
  return (
    <Card title={words.dangerZone} flush className="border-danger/40">
      <div className="divide-y">
        <Act title={words.transferOwnership} text={heirs.length > 0 ? words.transferHint : words.transferToNobody}>
          <Transfer org={org} heirs={heirs} />
        </Act>
        <Act title={words.deleteOrg} text={words.deleteHint}>
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
const NOBODY = { value: '', label: words.chooseMember, disabled: true };

function Transfer({ org, heirs }: DangerZoneProps) {
  const router = useRouter();
  const [heir, setHeir] = useState('');

  async function transfer() {
    await apiFetch('POST', `/v1/orgs/${org.id}/transfer`, { user_id: heir });
    toast.success(words.transferred(heirs.find(({ userId }) => userId === heir)?.name ?? heir, org.name));
    // Its settings are not all an admin's; the members page shows what became of both.
    router.push(`${window.location.pathname.replace(/\/settings$/, '')}/members`);
    router.refresh();
  }

  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" disabled={heirs.length === 0}>
          {words.transferOpen}
        </Button>
      }
      title={words.transferTitle(org.name)}
      description={words.transferConsequence}
      confirmLabel={words.transferConfirm}
      ready={heir !== ''}
      onConfirm={transfer}
    >
      <Field label={words.newOwner}>
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
    toastOnNextPage(words.deleted(org.name));
    // A whole new page: nothing of the org may stay in this browser's router.
    window.location.assign('/');
  }

  return (
    <ConfirmDialog
      trigger={
        <Button size="sm" variant="danger">
          {words.deleteOpen}
        </Button>
      }
      title={words.deleteTitle(org.name)}
      description={words.deleteConsequence}
      confirmLabel={words.deleteConfirm}
      typeToConfirm={org.slug}
      onConfirm={remove}
    />
  );
}
