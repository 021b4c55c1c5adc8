'use client';

import { Check, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { cn } from '@/app/_ui/class-names';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { Menu, MenuItem } from '@/app/_ui/menu';
import * as words from '@/messages/members';
import { roleName } from '@/messages/roles';
import { useRoleChange } from './use-role-change';

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
    <Button
      variant="ghost"
      size="sm"
      aria-busy={pending}
      className="-ml-2.5 text-ink"
      aria-label={words.roleOf(name, roleName(shown))}
    >
      {roleName(shown)} <ChevronDown aria-hidden="true" className="text-faint" />
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
        <span className="block font-medium">{roleName(role)}</span>
        <span className="block text-muted text-xs">{words.roleMeanings[role]}</span>
      </span>
      <Check aria-hidden="true" className={cn('text-accent-ink', !current && 'invisible')} />
    </MenuItem>
  );
}

function steppingDown(from: string, to: string) {
  return {
    title: words.stepDownTitle(roleName(from)),
    description: words.stepDownHint(roleName(to)),
    confirmLabel: words.stepDownConfirm(roleName(to)),
    tone: 'danger',
  } as const;
}

function newOwner(name: string) {
  return {
    title: words.newOwnerTitle(name),
    description: words.newOwnerHint,
    confirmLabel: words.newOwnerConfirm,
    tone: 'primary',
  } as const;
}
