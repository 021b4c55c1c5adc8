'use client';

import type { VariantProps } from 'class-variance-authority';
import type { ComponentProps } from 'react';
import { buttonStyle } from './button-style';
import { cn } from './class-names';
import { useScriptedForm } from './form';
import { Spinner } from './spinner';
import { useHydrated } from './use-hydrated';

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonStyle> {
  /** Shows a spinner over the label and ignores clicks; the width stays, so nothing jumps. */
  pending?: boolean;
}

/** A button whose work is script waits for the script: a click before that would be lost, or make the browser send the form itself. */
export function Button({ variant, size, pending = false, className, children, ...props }: ButtonProps) {
  const inScriptedForm = useScriptedForm();
  const scripted =
    props.onClick !== undefined || props.onPointerDown !== undefined || (props.type === 'submit' && inScriptedForm);
  const waits = !useHydrated() && scripted;
  return (
    <button
      type="button"
      className={cn(buttonStyle({ variant, size }), className)}
      {...props}
      disabled={props.disabled || waits}
      data-waits={waits || undefined}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : props.onClick}
    >
      {pending && <Spinner className="absolute" />}
      <span className={pending ? 'inline-flex items-center gap-1.5 opacity-0' : 'contents'}>{children}</span>
    </button>
  );
}
