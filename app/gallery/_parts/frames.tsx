'use client';

import { Boxes, LayoutGrid } from 'lucide-react';
import { AccountMenu } from '@/app/_ui/account-menu';
import { AppShell } from '@/app/_ui/app-shell';
import { BarePage } from '@/app/_ui/bare-page';
import { FocusBody } from '@/app/_ui/focus-body';
import { FocusPage } from '@/app/_ui/focus-page';
import { MobileNav } from '@/app/_ui/mobile-nav';
import { NavLinks } from '@/app/_ui/nav-links';
import { OrgSwitcher } from '@/app/_ui/org-switcher';
import { SearchButton, SearchOpener } from '@/app/_ui/search-button';
import { toast } from '@/app/_ui/toast';
import { PandaMark, Wordmark } from '@/app/_ui/wordmark';
import { LONG, Row, Specimen } from './specimen';

const ORGS = [
  { id: '1', slug: 'acme', name: 'Acme', role: 'owner' },
  { id: '2', slug: 'long', name: LONG, role: 'member' },
];
const NAV = [
  { href: '/gallery', label: 'Overview', icon: <LayoutGrid aria-hidden="true" />, exact: true },
  { href: '/gallery/sandboxes', label: 'Sandboxes', icon: <Boxes aria-hidden="true" />, begins: true },
];

/** What stands around a page, and its parts. */
export function Frames() {
  return (
    <SearchOpener value={() => toast.success('The search would open')}>
      <Specimen title="AccountMenu, OrgSwitcher, SearchButton, NavLinks, MobileNav, PandaMark, Wordmark">
        <Row>
          <PandaMark /> <Wordmark />
        </Row>
        <div className="flex w-60 flex-col gap-2">
          <OrgSwitcher orgs={ORGS} currentOrg={ORGS[0] ?? null} createHref="/orgs/new" />
          <OrgSwitcher orgs={ORGS} currentOrg={ORGS[1] ?? null} />
          <OrgSwitcher orgs={[]} currentOrg={null} />
          <SearchButton />
          <SearchButton compact className="self-start" />
          <NavLinks items={NAV} />
          <AccountMenu email={LONG} userId="user_1" side="bottom" />
          <MobileNav nav={NAV} />
        </div>
      </Specimen>
      <Specimen title="AppShell">
        <div className="h-96 w-full overflow-auto border">
          <AppShell account={{ email: 'ada@example.com', userId: 'user_1' }} orgs={ORGS} currentOrg={ORGS[0] ?? null} nav={NAV}>
            Content
          </AppShell>
        </div>
      </Specimen>
      <Specimen title="FocusPage, BarePage, FocusBody">
        <div className="h-96 w-full overflow-auto border">
          <FocusPage title="Sign in" description="To go on." footer="New here?">
            Content
          </FocusPage>
        </div>
        <div className="h-96 w-full overflow-auto border">
          <BarePage title="Nothing to see here">Content</BarePage>
        </div>
        <FocusBody title={LONG}>The middle alone</FocusBody>
      </Specimen>
    </SearchOpener>
  );
}
