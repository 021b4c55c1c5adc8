'use client';

import type { ComponentProps } from 'react';
import { cn } from './class-names';
import { useEarlyTyping } from './use-early-typing';

/** The look shared by everything one types or picks in. */
export const controlStyle =
  'min-w-0 rounded-md base:w-full border border-control bg-surface text-ink placeholder:text-faint transition-colors hover:border-muted focus-visible:border-ring focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-ring disabled:bg-sunken disabled:text-faint aria-invalid:border-danger aria-invalid:focus-visible:outline-danger';

export interface InputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  /** With it the input is controlled, and `onValue` tells what was typed, also before the page's script arrived. */
  value?: string;
  onValue?: (value: string) => void;
}

export function Input({ value, onValue, className, ...props }: InputProps) {
  const look = cn(controlStyle, 'h-8 px-2.5 text-sm max-sm:h-10 max-sm:text-lg', className);
  if (value === undefined || !onValue) return <input className={look} {...props} />;
  return <TypedInput value={value} onValue={onValue} className={look} {...props} />;
}

function TypedInput({ value, onValue, ref, ...props }: InputProps & Required<Pick<InputProps, 'value' | 'onValue'>>) {
  return <input {...props} {...useEarlyTyping({ value, onValue, ref })} />;
}
