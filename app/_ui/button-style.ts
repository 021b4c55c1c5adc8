import { cva } from 'class-variance-authority';

/** The classes of a button, for links that look like one: `<Link className={buttonStyle({ variant: 'secondary' })}>`. */
export const buttonStyle = cva(
  'relative inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors disabled:opacity-55 aria-disabled:opacity-55 data-waits:cursor-progress data-waits:animate-late data-waits:opacity-100 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover',
        secondary: 'border-line-strong bg-surface text-ink hover:bg-hover',
        danger: 'border-transparent bg-danger text-on-danger hover:bg-danger-hover',
        ghost: 'border-transparent hover:bg-hover hover:text-ink base:text-muted',
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
