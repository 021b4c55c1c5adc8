'use client';

import { OrgSwitcher, type SwitcherOrg } from '@/app/_ui/org-switcher';
import { toast } from '@/app/_ui/toast';
import { asApiError } from '@/lib/api-client/api-error';
import { apiFetch } from '@/lib/api-client/api-fetch';

interface SwitchOrgProps {
  orgs: readonly SwitcherOrg[];
  currentOrg: SwitcherOrg | null;
  createHref: string | null;
}

/** The link goes to the org at once; that it is the current one from now on is remembered beside it. */
export function SwitchOrg(props: SwitchOrgProps) {
  async function remember({ id, name }: SwitcherOrg) {
    try {
      await apiFetch('POST', '/v1/me/current-org', { org_id: id });
    } catch (thrown) {
      const { message, hint } = asApiError(thrown);
      toast.error(`${name} could not be made your current organization`, { description: hint ?? message });
    }
  }
  return <OrgSwitcher {...props} onSelect={(org) => void remember(org)} />;
}
