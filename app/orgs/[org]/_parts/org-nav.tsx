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
import type { Creation } from '@/app/_ui/commands/use-commands';
import type { NavItem } from '@/app/_ui/nav-links';
import { can, type OrgAccess } from '@/lib/access/org-access';
import type { Permission } from '@/lib/access/permissions';

/** What stands in the sidebar of an org, for who may open it. */
export function orgNav(access: OrgAccess<Permission>, base: string, operates: boolean): NavItem[] {
  const runs = can(access, 'sandboxes:use');
  const entries: (NavItem & { shown: boolean })[] = [
    { href: base, label: 'Overview', keys: 'o', icon: <LayoutGrid aria-hidden="true" />, exact: true, shown: true },
    { href: `${base}/sandboxes`, label: 'Sandboxes', keys: 's', icon: <Boxes aria-hidden="true" />, begins: true, shown: runs },
    { href: `${base}/templates`, label: 'Templates', keys: 't', icon: <Layers aria-hidden="true" />, shown: runs },
    { href: `${base}/snapshots`, label: 'Snapshots', keys: 'n', icon: <Camera aria-hidden="true" />, shown: runs },
    { href: `${base}/volumes`, label: 'Volumes', keys: 'v', icon: <HardDrive aria-hidden="true" />, shown: runs },
    {
      href: `${base}/observability`,
      label: 'Observability',
      keys: 'l',
      icon: <ChartLine aria-hidden="true" />,
      shown: can(access, 'metrics:read'),
    },
    { href: `${base}/usage`, label: 'Usage', keys: 'u', icon: <Gauge aria-hidden="true" />, shown: can(access, 'usage:read') },
    {
      href: `${base}/members`,
      label: 'Members',
      keys: 'm',
      icon: <Users aria-hidden="true" />,
      begins: true,
      shown: can(access, 'members:read'),
    },
    {
      href: `${base}/tokens`,
      label: 'API tokens',
      keys: 'k',
      icon: <KeyRound aria-hidden="true" />,
      shown: can(access, 'tokens:read'),
    },
    {
      href: `${base}/audit`,
      label: 'Audit log',
      keys: 'a',
      icon: <ScrollText aria-hidden="true" />,
      shown: can(access, 'audit:read'),
    },
    {
      href: `${base}/settings`,
      label: 'Settings',
      keys: 'e',
      icon: <Settings aria-hidden="true" />,
      shown: can(access, 'org:update'),
    },
    { href: '/docs', label: 'API reference', icon: <BookOpen aria-hidden="true" />, begins: true, shown: true },
    { href: '/admin/doctor', label: 'Doctor', keys: 'd', icon: <Stethoscope aria-hidden="true" />, shown: operates },
    { href: '/admin/agents', label: 'Agents', keys: 'w', icon: <Server aria-hidden="true" />, shown: operates },
  ];
  return entries.filter(({ shown }) => shown).map(({ shown: _, ...item }) => item);
}

/** What may be made anew in an org, by who is looking at it. */
export function orgCreations(access: OrgAccess<Permission>, base: string): Creation[] {
  const entries: (Creation & { may: boolean })[] = [
    { kind: 'sandbox', label: 'New sandbox', href: `${base}/sandboxes?new`, may: can(access, 'sandboxes:use') },
    { kind: 'invite', label: 'Invite people', href: `${base}/members?invite`, may: can(access, 'invites:create') },
    { kind: 'token', label: 'New API token', href: `${base}/tokens?new`, may: can(access, 'tokens:create') },
  ];
  return entries.filter(({ may }) => may).map(({ may: _, ...creation }) => creation);
}
