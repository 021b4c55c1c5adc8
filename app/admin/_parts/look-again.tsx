'use client';

import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { Button } from '@/app/_ui/button';

/** Looks anew in place; what is on the page stays until the new answer is there. */
export function LookAgain({ children }: { children: string }) {
  const router = useRouter();
  const [checking, startChecking] = useTransition();
  return (
    <Button pending={checking} onClick={() => startChecking(() => router.refresh())}>
      {children}
    </Button>
  );
}
