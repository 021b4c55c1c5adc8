import type { ReactNode } from 'react';
import { Button, type ButtonProps } from '@/app/_ui/button';

interface RowButtonProps extends Omit<ButtonProps, 'aria-label'> {
  /** The whole sentence: a table has many buttons with the same word. */
  label: string;
  icon: ReactNode;
  children: string;
}

/** A quiet button at the end of a table's row: a word, or on a phone an icon, so that the row's name keeps its room. */
export function RowButton({ label, icon, children, ...props }: RowButtonProps) {
  return (
    <Button variant="ghost" size="sm" className="max-sm:size-9 max-sm:px-0" {...props} aria-label={label}>
      <span aria-hidden="true" className="contents sm:hidden">
        {icon}
      </span>
      <span className="max-sm:hidden">{children}</span>
    </Button>
  );
}
