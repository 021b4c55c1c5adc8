import type { ReactNode } from 'react';
import { loading } from '@/messages/loading';

/** What stands in for a part of the page on its way: its shapes for the eye, one word for a screen reader. */
export function LoadingRegion({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div role="status" className={className}>
      <span className="sr-only">{loading}</span>
      {children}
    </div>
  );
}
