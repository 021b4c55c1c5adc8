'use client';

import { Check, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { cn } from '@/app/_ui/class-names';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { Menu, MenuItem } from '@/app/_ui/menu';
import { useRoleChange } from './use-role-change';

const MEANING: Record<string, string> = {
  owner: 'Everything, and who is an owner or admin',
  admin: 'People, invitations, all tokens, audit log',
  member: 'Sandboxes and their own tokens',
};

interface RoleMenuProps {
  orgId: string;
  userId: string;
  name: string;
  role: string;
  roles: readonly string[];
  self: boolean;
}

/** Changes a role in place. What cannot simply be undone (a new owner, one's own rights) is asked about first. */
export function RoleMenu({ roles, self, ...person }: RoleMenuProps) {
  const { shown, pending, change, changeAtOnce } = useRoleChange(person);
  const [asking, setAsking] = useState<string | null>(null);
  const { name } = person;

  function choose(next: string) {
    if (next === shown) return;
    if (self || next === 'owner') setAsking(next);
    else changeAtOnce(next, shown);
  }

  const trigger = (
    <Button variant="ghost" size="sm" aria-busy={pending} className="-ml-2.5 text-ink" aria-label={`Role of ${name}: ${shown}`}>
      {shown} <ChevronDown aria-hidden="true" className="text-faint" />
    </Button>
  );
  return (
    <>
      <Menu trigger={trigger} align="start" className="w-72">
        {roles.map((role) => (
          <RoleChoice key={role} role={role} current={role === shown} onChoose={() => choose(role)} />
        ))}
      </Menu>
      <ConfirmDialog
        {...(self ? steppingDown(shown, asking ?? '') : newOwner(name))}
        open={asking !== null}
        onOpenChange={(open) => !open && setAsking(null)}
        onConfirm={() => change(asking ?? shown)}
      />
    </>
  );
}

function RoleChoice({ role, current, onChoose }: { role: string; current: boolean; onChoose: () => void }) {
  return (
    <MenuItem onSelect={onChoose} aria-current={current ? 'true' : undefined}>
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{role}</span>
        <span className="block text-muted text-xs">{MEANING[role]}</span>
      </span>
      <Check aria-hidden="true" className={cn('text-accent-ink', !current && 'invisible')} />
    </MenuItem>
  );
}

function steppingDown(from: string, to: string) {
  return {
    title: `Give up being ${from}?`,
    description: `You become ${to} and cannot take that back yourself; another owner can.`,
    confirmLabel: `Become ${to}`,
    tone: 'danger',
  } as const;
}

function newOwner(name: string) {
  return {
    title: `Make ${name} an owner?`,
    description: 'Owners can do everything here, and can remove you.',
    confirmLabel: 'Make owner',
    tone: 'primary',
  } as const;
}
