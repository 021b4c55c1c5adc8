'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Button } from '@/app/_ui/button';

/** Examines anew in place; what is on the page stays until the new report is there. */
export function CheckAgain() {
  const router = useRouter();
  const [checking, startChecking] = useTransition();
  return (
    <Button pending={checking} onClick={() => startChecking(() => router.refresh())}>
      Check again
    </Button>
  );
}
