'use client';

import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, use, useLayoutEffect, useOptimistic, useRef, useTransition } from 'react';
import { focusBeside } from '@/app/_ui/focus-beside';
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
          <MoveFocus />
        </>
      ) : (
        children
      )}
    </Leaving>
  );
}

/** The button that had the focus has gone with its row. */
function MoveFocus() {
  const place = useRef<HTMLTableRowElement>(null);
  useLayoutEffect(() => {
    if (place.current) focusBeside(place.current);
  }, []);
  return <tr ref={place} hidden />;
}
