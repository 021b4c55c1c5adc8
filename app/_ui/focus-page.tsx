import Link from 'next/link';
import type { ReactNode } from 'react';
import { ThemeToggle } from './theme-toggle';
import { Wordmark } from './wordmark';

interface FocusPageProps {
  title: ReactNode;
  description?: ReactNode;
  /** Below the panel: "New here? Create an account". */
  footer?: ReactNode;
  children: ReactNode;
}

/** One task on a quiet page: sign-in, invite, messages that end a flow. */
export function FocusPage({ title, description, footer, children }: FocusPageProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center justify-between px-4 sm:px-6">
        <Link href="/" aria-label="PandaStack, home" className="rounded-md">
          <Wordmark />
        </Link>
        <ThemeToggle />
      </header>
      <main className="flex flex-1 flex-col items-center px-4 pt-[max(3rem,11vh)] pb-16">
        <div className="w-full max-w-[22.5rem]">
          <h1 className="wrap-anywhere font-semibold text-2xl tracking-[-0.02em]">{title}</h1>
          {description && <div className="mt-1 text-pretty text-muted">{description}</div>}
          <div className="mt-6 [&_input]:h-10 [&_input]:px-3 [&_input]:text-base max-sm:[&_input]:text-lg">{children}</div>
          {footer && <div className="mt-6 border-t pt-4 text-muted text-sm">{footer}</div>}
        </div>
      </main>
      <footer className="px-4 pb-6 text-center text-faint text-xs">
        <Link href="/docs" className="rounded-sm hover:text-ink">
          API reference
        </Link>
      </footer>
    </div>
  );
}
