import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names';

interface CardProps extends Omit<ComponentProps<'section'>, 'title'> {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  /** A quiet bar along the bottom: a save button, a note. */
  footer?: ReactNode;
  /** Lets the content touch the border: for a table or a list of rows. */
  flush?: boolean;
}

export function Card({ title, description, actions, footer, flush = false, className, children, ...props }: CardProps) {
  const hasHeader = title || description || actions;
  return (
    <section className={cn('min-w-0 overflow-hidden rounded-lg border bg-surface', className)} {...props}>
      {hasHeader && (
        <header
          className={cn(
            'flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 pt-3.5',
            children ? flush && 'border-b pb-3' : 'pb-3.5',
          )}
        >
          <div className="min-w-0">
            {title && <h2 className="font-medium text-base">{title}</h2>}
            {description && <p className="mt-0.5 max-w-prose text-muted text-sm">{description}</p>}
          </div>
          {actions && <div className="flex items-center gap-2">{actions}</div>}
        </header>
      )}
      {children && <div className={cn(!flush && 'px-4 py-3.5')}>{children}</div>}
      {footer && (
        <footer className="flex flex-wrap items-center justify-between gap-3 border-t bg-canvas px-4 py-2.5 text-muted text-sm">
          {footer}
        </footer>
      )}
    </section>
  );
}
