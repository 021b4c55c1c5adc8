'use client';

import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, use, useLayoutEffect, useOptimistic, useRef, useTransition } from 'react';
import { toast } from '@/app/_ui/toast';
import { toastRefusal } from '@/app/orgs/_parts/toast-refusal';

/** Takes the rows away at once and writes; says so when it is done, and brings them back with the reason when it was refused. */
type Leave = (write: () => Promise<unknown>, said: string) => void;
const Leaving = createContext<Leave | null>(null);

/** For a button within LeavingRows. */
export function useLeave(): Leave {
  const leave = use(Leaving);
  if (!leave) throw new Error('Only rows within LeavingRows can leave');
  return leave;
}

interface LeavingRowsProps {
  /** Stands in their place from then on; nothing when left out. */
  instead?: ReactNode;
  /** Reads the list anew; the page, when left out. */
  onLeft?: () => Promise<void>;
  children: ReactNode;
}

/** The rows of one thing of a table, as long as it is there. */
export function LeavingRows({ instead = null, onLeft, children }: LeavingRowsProps) {
  const router = useRouter();
  const [, startTransition] = useTransition();
  const [gone, show] = useOptimistic(false);

  function leave(write: () => Promise<unknown>, said: string) {
    startTransition(async () => {
      show(true);
      try {
        await write();
        toast.success(said);
        if (onLeft) await onLeft();
        else startTransition(() => router.refresh());
      } catch (thrown) {
        toastRefusal(thrown);
      }
    });
  }

  return (
    <Leaving value={leave}>
      {gone ? (
        <>
          {instead}
          <FocusTable />
        </>
      ) : (
        children
      )}
    </Leaving>
  );
}

/** The button that had the focus has gone with its row: the table around takes it, so that one goes on from there. */
function FocusTable() {
  const place = useRef<HTMLTableRowElement>(null);
  useLayoutEffect(() => place.current?.closest<HTMLElement>('section[tabindex]')?.focus({ preventScroll: true }), []);
  return <tr ref={place} hidden />;
}
