import Link from 'next/link';
import type { ReactNode } from 'react';
import * as words from '@/messages/ui';
import { AccountMenu } from './account-menu';
import { cn } from './class-names';
import { MobileNav } from './mobile-nav';
import { type NavItem, NavLinks } from './nav-links';
import { OrgSwitcher, type SwitcherOrg } from './org-switcher';
import { SearchButton } from './search-button';
import { ThemeToggle } from './theme-toggle';
import { ToastsAtHand } from './toaster';
import { Wordmark } from './wordmark';

interface AppShellProps {
  account: { email: string; userId: string };
  orgs: readonly SwitcherOrg[];
  currentOrg: SwitcherOrg | null;
  nav: readonly NavItem[];
  /** Stub mode: nothing to sign out of. The striped banner itself stands in the root layout. */
  stubMode?: boolean;
  createHref?: string | null;
  /** In place of the plain OrgSwitcher: an island that also makes the choice the current org. */
  switcher?: ReactNode;
  children: ReactNode;
}

/** The frame of every signed-in page: sidebar from 1024 px, a top bar with a sheet below. */
export function AppShell(props: AppShellProps) {
  const { account, orgs, currentOrg, nav, stubMode = false, createHref = null, children } = props;
  const switcher = props.switcher ?? <OrgSwitcher orgs={orgs} currentOrg={currentOrg} createHref={createHref} />;
  const bottom = (
    <div className="flex items-center gap-2 border-t pt-2">
      <AccountMenu email={account.email} userId={account.userId} canSignOut={!stubMode} />
      <ThemeToggle className="shrink-0" />
    </div>
  );
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <ToastsAtHand />
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-surface px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {words.skip}
      </a>
      <aside
        className={cn(
          'sticky top-0 hidden flex-col gap-3 border-r px-3 pt-4 pb-2 lg:flex',
          // The banner of stub mode stands above, one line of 25 px.
          stubMode ? 'h-[calc(100dvh-25px)]' : 'h-dvh',
        )}
      >
        <Link href="/" aria-label={words.home} className="mb-1 w-fit rounded-md px-1">
          <Wordmark />
        </Link>
        {switcher}
        <SearchButton className="-mt-1 shrink-0" />
        <nav aria-label={words.main} className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1">
          <NavLinks items={nav} />
        </nav>
        {bottom}
      </aside>
      <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-canvas px-2 lg:hidden">
        <MobileNav nav={nav} bottom={bottom} />
        <div className="min-w-0 flex-1">{switcher}</div>
        <SearchButton compact />
      </header>
      <main id="content" tabIndex={-1} className="min-w-0 px-4 py-6 outline-none sm:px-8 lg:py-8">
        <div className="mx-auto max-w-5xl">{children}</div>
      </main>
    </div>
  );
}
