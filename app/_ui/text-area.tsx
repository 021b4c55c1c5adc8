'use client';

import { type ComponentProps, use } from 'react';
import { cn } from './class-names';
import { FieldWiring } from './field-wiring';
import { controlStyle } from './input';

interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'onChange'> {
  onValue: (value: string) => void;
}

/** For several lines, in the type of code. */
export function TextArea({ onValue, className, ...props }: TextAreaProps) {
  return (
    <textarea
      className={cn(controlStyle, 'px-2.5 py-1.5 font-mono text-xs max-sm:text-lg', className)}
      {...use(FieldWiring)}
      {...props}
      onChange={(event) => onValue(event.target.value)}
    />
  );
}
