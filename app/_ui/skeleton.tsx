import { cn } from './class-names';

/** A grey bar where text will stand. Put `role="status"` and a spoken "Loading" on the element around a group of them. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden="true" className={cn('block animate-breathe bg-hover base:h-4 base:rounded-sm', className)} />;
}
