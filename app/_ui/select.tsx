'use client';

import { ChevronsUpDown } from 'lucide-react';
import { type ComponentProps, use } from 'react';
import { cn } from './class-names';
import { FieldWiring } from './field-wiring';
import { controlStyle } from './input';
import { useHydrated } from './use-hydrated';

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean;
}

interface SelectProps extends Omit<ComponentProps<'select'>, 'onChange'> {
  options?: readonly SelectOption[];
  /** With `value`: called with each choice. Such a select waits for the page's script, which would undo an earlier choice. */
  onValue?: (value: string) => void;
}

/** A native select: it opens the platform's own list on a phone. */
export function Select({ options, onValue, disabled, className, children, ...props }: SelectProps) {
  const waits = !useHydrated() && onValue !== undefined;
  return (
    <span className={cn('relative inline-flex w-full', className)}>
      <select
        className={cn(controlStyle, 'h-8 appearance-none pr-7 pl-2.5 text-sm max-sm:h-10 max-sm:text-lg')}
        {...use(FieldWiring)}
        {...props}
        disabled={disabled || waits}
        onChange={onValue && ((event) => onValue(event.target.value))}
      >
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
