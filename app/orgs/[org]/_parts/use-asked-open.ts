'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useState } from 'react';

/** A dialog that its page's address may ask for, also while the page is shown already. Closed, the address no longer asks. */
export function useAskedOpen(asked: boolean): { open: boolean; changeOpen: (open: boolean) => void } {
  const router = useRouter();
  const path = usePathname();
  const [open, setOpen] = useState(asked);
  const [seen, setSeen] = useState(asked);

  if (asked !== seen) {
    setSeen(asked);
    if (asked) setOpen(true);
  }

  function changeOpen(next: boolean) {
    setOpen(next);
    if (!next && asked) router.replace(path, { scroll: false });
  }

  return { open, changeOpen };
}
