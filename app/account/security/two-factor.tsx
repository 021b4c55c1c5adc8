'use client';

import { Smartphone } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Badge } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { Card } from '@/app/_ui/card';
import { Dialog } from '@/app/_ui/dialog';
import { Note } from '@/app/_ui/note';
import { RelativeTime } from '@/app/_ui/relative-time';
import { toast } from '@/app/_ui/toast';
import type { AccountFactor } from '@/lib/supabase/fetch-account';
import { EnrolTotp } from '../_parts/enrol-totp';
import { RemoveFactor } from './remove-factor';

export function TwoFactor({ factors }: { factors: readonly AccountFactor[] }) {
  const verified = factors.filter((factor) => factor.verified);
  return (
    <Card
      title="Two-factor sign-in"
      description="After your password or provider, a code from an authenticator app."
      actions={
        <>
          {verified.length > 0 ? <Badge tone="accent">On</Badge> : <Badge>Off</Badge>}
          <AddAuthenticator taken={factors.map(({ name }) => name)} first={verified.length === 0} />
        </>
      }
    >
      {verified.length > 0 && (
        <ul className="-mt-1 mb-3 divide-y">
          {verified.map((factor) => (
            <li key={factor.id} className="flex min-h-11 items-center gap-3 text-sm">
              <Smartphone aria-hidden="true" className="size-4 shrink-0 text-faint" />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{factor.name}</span>
                <span className="text-muted text-xs">
                  added <RelativeTime date={factor.createdAt} />
                </span>
              </span>
              <RemoveFactor factor={factor} last={verified.length === 1} />
            </li>
          ))}
        </ul>
      )}
      <Note title={verified.length === 1 ? 'Add a second authenticator' : 'If you lose your authenticator'}>
        There are no recovery codes. A second authenticator, on another device or in a password manager, is the way back in;
        without one only the operator of this server can remove the lost one.
      </Note>
    </Card>
  );
}

function AddAuthenticator({ taken, first }: { taken: readonly string[]; first: boolean }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);

  function done() {
    setOpen(false);
    toast.success('The authenticator works. Browsers that did not show a second factor are signed out.');
    router.refresh();
  }

  return (
    <Dialog
      title="Add an authenticator app"
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant={first ? 'primary' : 'secondary'}>
          Add an authenticator
        </Button>
      }
    >
      <EnrolTotp suggestion={freeName(taken)} onDone={done} />
    </Dialog>
  );
}

function freeName(taken: readonly string[]): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? 'Authenticator app' : `Authenticator app ${count}`;
    if (!taken.includes(name)) return name;
  }
}
