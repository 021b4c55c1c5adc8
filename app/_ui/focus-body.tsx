import type { ReactNode } from 'react';

export interface FocusBodyProps {
  title: ReactNode;
  description?: ReactNode;
  /** Below the panel: "New here? Create an account". */
  footer?: ReactNode;
  children: ReactNode;
}

/** The middle of a page with one task. */
export function FocusBody({ title, description, footer, children }: FocusBodyProps) {
  return (
    <main className="flex flex-1 flex-col items-center px-4 pt-[max(3rem,11vh)] pb-16">
      <div className="w-full max-w-[22.5rem]">
        <h1 className="wrap-anywhere font-semibold text-2xl tracking-[-0.02em]">{title}</h1>
        {description && <div className="mt-1 text-pretty text-muted">{description}</div>}
        <div className="mt-6 [&_input]:h-10 [&_input]:px-3 [&_input]:text-base max-sm:[&_input]:text-lg">{children}</div>
        {footer && <div className="mt-6 border-t pt-4 text-muted text-sm">{footer}</div>}
      </div>
    </main>
  );
}
