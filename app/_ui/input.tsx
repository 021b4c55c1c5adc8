import type { ComponentProps } from 'react';
import { cn } from './class-names';

/** The look shared by everything one types or picks in. */
export const controlStyle =
  'w-full min-w-0 rounded-md border border-control bg-surface text-ink placeholder:text-faint transition-colors hover:border-muted focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-ring disabled:bg-sunken disabled:text-faint aria-invalid:border-danger aria-invalid:focus-visible:outline-danger';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cn(controlStyle, 'h-8 px-2.5 text-sm max-sm:h-10 max-sm:text-lg', className)} {...props} />;
}
