'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Dialog } from '@/app/_ui/dialog';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/tokens';
import { useAskedOpen } from '../_parts/use-asked-open';
import { TokenForm, type TokenInput } from './token-form';
import { TokenSecret } from './token-secret';

interface CreateTokenProps {
  orgId: string;
  roles: readonly string[];
  /** The address asked for the form: `?new`. */
  startOpen: boolean;
}

/** Asks for a label, then shows the secret the once it can be shown. */
export function CreateToken({ orgId, roles, startOpen }: CreateTokenProps) {
  const router = useRouter();
  const { open, changeOpen: change } = useAskedOpen(startOpen);
  const [made, setMade] = useState<{ label: string; secret: string } | null>(null);

  function changeOpen(next: boolean) {
    change(next);
    setMade(null);
  }

  async function create(input: TokenInput) {
    const { token } = await apiFetch<{ token: string }>('POST', `/v1/orgs/${orgId}/tokens`, input);
    setMade({ label: input.label.trim(), secret: token });
    router.refresh();
  }

  return (
    <Dialog
      trigger={
        <Button variant="primary" data-shortcut="create">
          <Plus aria-hidden="true" /> {words.create}
        </Button>
      }
      open={open}
      onOpenChange={changeOpen}
      dismissable={made === null}
      title={made ? words.createdTitle(made.label) : words.createTitle}
      description={made ? words.createdHint : undefined}
      className={made ? 'max-w-xl' : undefined}
    >
      {made ? (
        <TokenSecret secret={made.secret} onDone={() => changeOpen(false)} />
      ) : (
        <TokenForm roles={roles} onCreate={create} />
      )}
    </Dialog>
  );
}
