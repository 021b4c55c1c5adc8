'use client';

import { type ReactNode, useEffect, useId } from 'react';
import { cn } from './class-names';
import { FieldWiring } from './field-wiring';
import { Input, type InputProps } from './input';

interface FieldProps extends InputProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  /** Stands at the right end of the label's line: "Forgot it?" and the like. */
  aside?: ReactNode;
  /** A Select or TextArea instead of the input; it gets id, aria-describedby and aria-invalid. */
  children?: ReactNode;
}

/** Label, control, hint and error, tied together for screen readers. Input props go to the input. */
export function Field({ label, hint, error, aside, children, className, ...input }: FieldProps) {
  const generated = useId();
  const id = input.id ?? generated;
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined;
  useFocusWhenWrong(id, Boolean(error));
  const wiring: FieldWiring = { id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined };
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        {aside && <span className="text-muted text-sm">{aside}</span>}
      </div>
      {children ? <FieldWiring value={wiring}>{children}</FieldWiring> : <Input {...input} {...wiring} />}
      {hint && (
        <p id={`${id}-hint`} className="text-muted text-sm">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} role="alert" className="text-danger-ink text-sm">
          {error}
        </p>
      )}
    </div>
  );
}

/** Leads whoever pressed a button to the first field that is wrong; nobody is taken out of another field. */
function useFocusWhenWrong(id: string, wrong: boolean): void {
  useEffect(() => {
    const { activeElement } = document;
    if (!wrong || (activeElement && activeElement !== document.body && activeElement.tagName !== 'BUTTON')) return;
    document.getElementById(id)?.focus();
  }, [id, wrong]);
}
