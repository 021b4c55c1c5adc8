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
import * as words from '@/messages/account-security';
import { authenticatorApp, nthAuthenticatorApp } from '@/messages/authenticator';
import { EnrolTotp } from '../_parts/enrol-totp';
import { RemoveFactor } from './remove-factor';

export function TwoFactor({ factors }: { factors: readonly AccountFactor[] }) {
  const verified = factors.filter((factor) => factor.verified);
  return (
    <Card
      title={words.twoFactor}
      description={words.twoFactorHint}
      actions={
        <>
          {verified.length > 0 ? <Badge tone="accent">{words.on}</Badge> : <Badge>{words.off}</Badge>}
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
                <span className="text-muted text-xs">{words.added(<RelativeTime date={factor.createdAt} />)}</span>
              </span>
              <RemoveFactor factor={factor} last={verified.length === 1} />
            </li>
          ))}
        </ul>
      )}
      <Note title={verified.length === 1 ? words.addSecond : words.ifLost}>{words.noRecoveryCodes}</Note>
    </Card>
  );
}

function AddAuthenticator({ taken, first }: { taken: readonly string[]; first: boolean }) {
  const router = useRouter();
  const [open, setOpen] = useState(false);

  function done() {
    setOpen(false);
    toast.success(words.addDone);
    router.refresh();
  }

  return (
    <Dialog
      title={words.addTitle}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button size="sm" variant={first ? 'primary' : 'secondary'}>
          {words.add}
        </Button>
      }
    >
      <EnrolTotp suggestion={freeName(taken)} onDone={done} />
    </Dialog>
  );
}

function freeName(taken: readonly string[]): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? authenticatorApp : nthAuthenticatorApp(count);
    if (!taken.includes(name)) return name;
  }
}
