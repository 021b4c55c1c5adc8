import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './class-names';
import { Spinner } from './spinner';

/** The classes of a button, for links that look like one: `<Link className={buttonStyle({ variant: 'secondary' })}>`. */
export const buttonStyle = cva(
  'relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover',
        secondary: 'border-line-strong bg-surface text-ink hover:bg-hover',
        danger: 'border-transparent bg-danger text-on-danger hover:bg-danger-hover',
        ghost: 'border-transparent text-muted hover:bg-hover hover:text-ink',
      },
      size: {
        sm: 'h-7 px-2.5 text-sm [&_svg]:size-3.5',
        md: 'h-8 px-3 text-sm [&_svg]:size-4',
        lg: 'h-10 px-4 text-base [&_svg]:size-4',
        icon: 'size-8 text-sm [&_svg]:size-4',
        'icon-sm': 'size-7 text-sm [&_svg]:size-3.5',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonStyle> {
  /** Shows a spinner over the label and ignores clicks; the width stays, so nothing jumps. */
  pending?: boolean;
  /** Gives the look to the single child (a link) instead of rendering a button. */
  asChild?: boolean;
}

export function Button({ variant, size, pending = false, asChild = false, className, children, ...props }: ButtonProps) {
  const look = cn(buttonStyle({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={look} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      className={look}
      {...props}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : props.onClick}
    >
      {pending && <Spinner className="absolute" />}
      <span className={pending ? 'inline-flex items-center gap-1.5 opacity-0' : 'contents'}>{children}</span>
    </button>
  );
}
