import { cva, type VariantProps } from 'class-variance-authority';
import { Info } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './class-names';

const noteStyle = cva('flex gap-2.5 rounded-md px-3 py-2.5 text-sm', {
  variants: {
    tone: {
      neutral: 'bg-sunken text-muted',
      info: 'bg-info-soft text-info-ink',
      accent: 'bg-accent-soft text-accent-ink',
      warn: 'bg-warn-soft text-warn-ink',
      danger: 'bg-danger-soft text-danger-ink',
    },
  },
  defaultVariants: { tone: 'neutral' },
});

interface NoteProps extends Omit<ComponentProps<'div'>, 'title'>, VariantProps<typeof noteStyle> {
  title?: ReactNode;
  icon?: ReactNode;
}

/** A sentence set apart: why one is here, what just happened. */
export function Note({ tone, title, icon, className, children, ...props }: NoteProps) {
  return (
    <div className={cn(noteStyle({ tone }), className)} {...props}>
      <span aria-hidden="true" className="flex h-5 shrink-0 items-center [&_svg]:size-4">
        {icon ?? <Info />}
      </span>
      <div className="wrap-anywhere min-w-0 flex-1 text-pretty">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={cn(title && 'mt-0.5 opacity-90')}>{children}</div>}
      </div>
    </div>
  );
}
