'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Button } from '@/app/_ui/button';
import { Dialog } from '@/app/_ui/dialog';
import * as words from '@/messages/sandbox-create';
import { useAskedOpen } from '../../_parts/use-asked-open';
import { CreateSandboxForm } from './create-sandbox-form';

interface CreateSandboxProps {
  orgId: string;
  listPath: string;
  /** The address asked for the form: `?new`, with a template's name or without one. */
  startWith: string | null;
}

export function CreateSandbox({ orgId, listPath, startWith }: CreateSandboxProps) {
  const router = useRouter();
  const { open, changeOpen } = useAskedOpen(startWith !== null);

  return (
    <Dialog
      trigger={
        <Button variant="primary" data-shortcut="create">
          <Plus aria-hidden="true" /> {words.title}
        </Button>
      }
      open={open}
      onOpenChange={changeOpen}
      title={words.title}
      description={words.description}
    >
      <CreateSandboxForm orgId={orgId} template={startWith ?? ''} onCreated={(id) => router.push(`${listPath}/${id}`)} />
    </Dialog>
  );
}
