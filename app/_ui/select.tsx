'use client';

import { ChevronsUpDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './class-names';
import { controlStyle } from './input';

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

/** A native select: it opens the platform's own list on a phone. A client component only so that a Field can hand it its id. */
export function Select({
  options,
  className,
  children,
  ...props
}: ComponentProps<'select'> & { options?: readonly SelectOption[] }) {
  return (
    <span className={cn('relative inline-flex w-full', className)}>
      <select className={cn(controlStyle, 'h-8 appearance-none pr-7 pl-2.5 text-sm max-sm:h-10 max-sm:text-lg')} {...props}>
        {options?.map(({ value, label, disabled }) => (
          <option key={value} value={value} disabled={disabled}>
            {label}
          </option>
        ))}
        {children}
      </select>
      <ChevronsUpDown
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 right-2 size-3.5 -translate-y-1/2 text-faint"
      />
    </span>
  );
}
