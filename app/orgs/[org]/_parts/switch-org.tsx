'use client';

import { OrgSwitcher, type SwitcherOrg } from '@/app/_ui/org-switcher';
import { rememberOrg } from '@/app/orgs/_parts/remember-org';

interface SwitchOrgProps {
  orgs: readonly SwitcherOrg[];
  currentOrg: SwitcherOrg | null;
  createHref: string | null;
}

/** The link goes to the org at once; that it is the current one from now on is remembered beside it. */
export function SwitchOrg(props: SwitchOrgProps) {
  return <OrgSwitcher {...props} onSelect={(org) => void rememberOrg(org)} />;
}
