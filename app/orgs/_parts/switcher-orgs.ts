import type { SwitcherOrg } from '@/app/_ui/org-switcher';
import { orgPath } from './org-path';

/** Organizations as the frame of a page offers them: under the name their addresses have. */
export function switcherOrgs(orgs: readonly SwitcherOrg[]): SwitcherOrg[] {
  return orgs.map(({ id, slug, name, role }) => ({ id, slug: orgPath({ id, slug }).slice('/orgs/'.length), name, role }));
}
