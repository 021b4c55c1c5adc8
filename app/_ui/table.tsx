import type { ComponentProps } from 'react';
import * as words from '@/messages/ui';
import { cn } from './class-names';

interface TableProps extends ComponentProps<'table'> {
  /** Names the table for screen readers; not shown. */
  label: string;
  /** Without the frame, for a table inside a flush Card. */
  bare?: boolean;
}

/** A native table that scrolls inside its own box on a phone, so the page never does. */
export function Table({ label, bare = false, className, children, ...props }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section aria-label={label} tabIndex={0} className={cn('overflow-x-auto', !bare && 'rounded-lg border bg-surface')}>
      <table aria-label={label} className={cn('w-full border-collapse text-left text-sm', className)} {...props}>
        {children}
      </table>
    </section>
  );
}

export function Thead({ className, ...props }: ComponentProps<'thead'>) {
  return <thead className={cn('border-b bg-canvas text-muted', className)} {...props} />;
}

export function Th({ className, ...props }: ComponentProps<'th'>) {
  return (
    <th scope="col" className={cn('h-8 whitespace-nowrap px-3 font-medium text-xs first:pl-4 last:pr-4', className)} {...props} />
  );
}

/** The head over the buttons at the end of rows: spoken, not shown. */
export function ActionsTh() {
  return (
    <Th>
      <span className="sr-only">{words.actions}</span>
    </Th>
  );
}

export function Tr({ className, ...props }: ComponentProps<'tr'>) {
  return <tr className={cn('transition-colors last:border-b-0 base:border-b [tbody_&]:hover:bg-canvas', className)} {...props} />;
}

export function Td({ className, ...props }: ComponentProps<'td'>) {
  return <td className={cn('px-3 py-1.5 first:pl-4 last:pr-4 base:h-11 base:align-middle', className)} {...props} />;
}
