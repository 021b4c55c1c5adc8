import Link from 'next/link';
import type { ComponentProps } from 'react';
import { cn } from './class-names';

/** A link inside a sentence: underlined, because colour alone does not say "link". */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={cn(
        'rounded-sm font-medium underline base:text-ink decoration-line-strong underline-offset-3 hover:decoration-ink',
        className,
      )}
      {...props}
    />
  );
}
