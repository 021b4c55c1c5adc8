import type { ReactNode } from 'react';
import { cn } from './class-names';

interface EmptyStateProps {
  title: ReactNode;
  text?: ReactNode;
  action?: ReactNode;
  icon?: ReactNode;
  className?: string;
}

/** What stands where rows will stand: says what belongs here and offers the first step. */
export function EmptyState({ title, text, action, icon, className }: EmptyStateProps) {
  return (
    <div className={cn('flex flex-col items-center justify-center px-6 text-center base:py-12', className)}>
      {icon && (
        <div
          aria-hidden="true"
          className="mb-3 grid size-9 place-items-center rounded-lg border bg-canvas text-faint [&_svg]:size-4"
        >
          {icon}
        </div>
      )}
      <p className="font-medium text-base">{title}</p>
      {text && <div className="mt-1 max-w-sm text-pretty text-muted text-sm">{text}</div>}
      {action && <div className="mt-4 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
