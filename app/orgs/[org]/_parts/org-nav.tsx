import {
  BookOpen,
  Boxes,
  Camera,
  ChartLine,
  Gauge,
  HardDrive,
  KeyRound,
  Layers,
  LayoutGrid,
  ScrollText,
  Server,
  Settings,
  Stethoscope,
  Users,
} from 'lucide-react';
import type { NavItem } from '@/app/_ui/nav-links';
import { can, type OrgAccess } from '@/lib/access/org-access';
import type { Permission } from '@/lib/access/permissions';
import * as words from '@/messages/navigation';
import { GO } from '../../_parts/commands/shortcuts';

/** What stands in the sidebar of an org, for who may open it. */
export function orgNav(access: OrgAccess<Permission>, base: string, operates: boolean): NavItem[] {
  const runs = can(access, 'sandboxes:use');
  const entries: (NavItem & { shown: boolean })[] = [
    { href: base, label: words.overview, go: GO.overview, icon: <LayoutGrid aria-hidden="true" />, exact: true, shown: true },
    {
      href: `${base}/sandboxes`,
      label: words.sandboxes,
      go: GO.sandboxes,
      icon: <Boxes aria-hidden="true" />,
      begins: true,
      shown: runs,
    },
    { href: `${base}/templates`, label: words.templates, go: GO.templates, icon: <Layers aria-hidden="true" />, shown: runs },
    { href: `${base}/snapshots`, label: words.snapshots, go: GO.snapshots, icon: <Camera aria-hidden="true" />, shown: runs },
    { href: `${base}/volumes`, label: words.volumes, go: GO.volumes, icon: <HardDrive aria-hidden="true" />, shown: runs },
    {
      href: `${base}/observability`,
      label: words.observability,
      go: GO.observability,
      icon: <ChartLine aria-hidden="true" />,
      shown: can(access, 'metrics:read'),
    },
    {
      href: `${base}/usage`,
      label: words.usage,
      go: GO.usage,
      icon: <Gauge aria-hidden="true" />,
      shown: can(access, 'usage:read'),
    },
    {
      href: `${base}/members`,
      label: words.members,
      go: GO.members,
      icon: <Users aria-hidden="true" />,
      begins: true,
      shown: can(access, 'members:read'),
    },
    {
      href: `${base}/tokens`,
      label: words.tokens,
      go: GO.tokens,
      icon: <KeyRound aria-hidden="true" />,
      shown: can(access, 'tokens:read'),
    },
    {
      href: `${base}/audit`,
      label: words.audit,
      go: GO.audit,
      icon: <ScrollText aria-hidden="true" />,
      shown: can(access, 'audit:read'),
    },
    {
      href: `${base}/settings`,
      label: words.settings,
      go: GO.settings,
      icon: <Settings aria-hidden="true" />,
      shown: can(access, 'org:update'),
    },
    { href: '/docs', label: words.reference, go: GO.reference, icon: <BookOpen aria-hidden="true" />, begins: true, shown: true },
    { href: '/admin/doctor', label: words.doctor, go: GO.doctor, icon: <Stethoscope aria-hidden="true" />, shown: operates },
    { href: '/admin/agents', label: words.agents, go: GO.agents, icon: <Server aria-hidden="true" />, shown: operates },
  ];
  return entries.filter(({ shown }) => shown).map(({ shown: _, ...item }) => item);
}
