import type { VariantProps } from 'class-variance-authority';
import Link from 'next/link';
import type { ComponentProps } from 'react';
import { buttonStyle } from './button-style';
import { cn } from './class-names';

/** A link that looks like a button; links out of the dashboard or to a file are `<a className={buttonStyle()}>`. */
export function ButtonLink({
  variant,
  size,
  className,
  ...props
}: ComponentProps<typeof Link> & VariantProps<typeof buttonStyle>) {
  return <Link className={cn(buttonStyle({ variant, size }), className)} {...props} />;
}
