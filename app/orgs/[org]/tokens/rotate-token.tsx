'use client';

import { RotateCw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Dialog } from '@/app/_ui/dialog';
import { RelativeTime } from '@/app/_ui/relative-time';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/tokens';
import { RowButton } from '../_parts/row-button';
import type { Overlap } from './overlap';
import { RotateForm } from './rotate-form';
import { TokenSecret } from './token-secret';

interface RotateTokenProps {
  orgId: string;
  tokenId: string;
  label: string;
  /** Shown part of a secret that still lives from the rotation before. */
  olderPrefix: string | null;
}

interface Rotated {
  token: string;
  previous_prefix: string;
  previous_expires_at: string;
}

/** Asks how long the old secret goes on, then shows the new one the once it can be shown. */
export function RotateToken({ orgId, tokenId, label, olderPrefix }: RotateTokenProps) {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Rotated | null>(null);

  function changeOpen(next: boolean) {
    setOpen(next);
    setMade(null);
  }

  async function rotate(overlap: Overlap) {
    setMade(await apiFetch<Rotated>('POST', `/v1/orgs/${orgId}/tokens/${tokenId}/rotate`, overlap));
    router.refresh();
  }

  return (
    <Dialog
      trigger={
        <RowButton label={words.rotateNamed(label)} icon={<RotateCw />}>
          {words.rotate}
        </RowButton>
      }
      open={open}
      onOpenChange={changeOpen}
      dismissable={made === null}
      title={made ? words.rotatedTitle(label) : words.rotateTitle(label)}
      description={made ? <WhatHappened {...made} /> : words.rotateHint}
      className={made ? 'max-w-xl' : undefined}
    >
      {made ? (
        <TokenSecret secret={made.token} onDone={() => changeOpen(false)} />
      ) : (
        <RotateForm olderPrefix={olderPrefix} onRotate={rotate} />
      )}
    </Dialog>
  );
}

function WhatHappened({ previous_prefix, previous_expires_at }: Rotated) {
  const over = Date.parse(previous_expires_at) <= Date.now();
  const secret = <code className="font-mono text-xs">{previous_prefix}…</code>;
  return over ? words.rotatedOldEnded(secret) : words.rotatedOldEnds(secret, <RelativeTime date={previous_expires_at} />);
}
