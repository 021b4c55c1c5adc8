'use client';

import { Check, ChevronDown } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Button } from '@/app/_ui/button';
import { cn } from '@/app/_ui/class-names';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { Menu, MenuItem } from '@/app/_ui/menu';
import { toast } from '@/app/_ui/toaster';
import { asApiError } from '@/lib/api-client/api-error';
import { apiFetch } from '@/lib/api-client/api-fetch';

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
export function RoleMenu({ orgId, userId, name, role, roles, self }: RoleMenuProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [asking, setAsking] = useState<string | null>(null);

  async function change(next: string) {
    await apiFetch('PATCH', `/v1/orgs/${orgId}/members/${encodeURIComponent(userId)}`, { role: next });
    startTransition(() => router.refresh());
  }

  function changeAtOnce(next: string, previous?: string) {
    startTransition(async () => {
      try {
        await change(next);
        const undo = previous && { label: 'Undo', onClick: () => changeAtOnce(previous) };
        toast.success(`${name} is now ${next}`, undo ? { action: undo } : {});
      } catch (thrown) {
        const { message, hint } = asApiError(thrown);
        toast.error(message, { description: hint });
      }
    });
  }

  function choose(next: string) {
    if (next === role) return;
    if (self || next === 'owner') setAsking(next);
    else changeAtOnce(next, role);
  }

  const trigger = (
    <Button variant="ghost" size="sm" pending={pending} className="-ml-2.5 text-ink" aria-label={`Role of ${name}: ${role}`}>
      {role} <ChevronDown aria-hidden="true" className="text-faint" />
    </Button>
  );
  return (
    <>
      <Menu trigger={trigger} align="start" className="w-72">
        {roles.map((choice) => (
          <MenuItem key={choice} onSelect={() => choose(choice)} aria-current={choice === role ? 'true' : undefined}>
            <span className="min-w-0 flex-1">
              <span className="block font-medium">{choice}</span>
              <span className="block text-muted text-xs">{MEANING[choice]}</span>
            </span>
            <Check aria-hidden="true" className={cn('text-accent-ink', choice !== role && 'invisible')} />
          </MenuItem>
        ))}
      </Menu>
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(open) => !open && setAsking(null)}
        title={self ? `Give up being ${role}?` : `Make ${name} an owner?`}
        description={
          self
            ? `You become ${asking} and cannot take that back yourself; another owner can.`
            : 'Owners can do everything here, and can remove you.'
        }
        confirmLabel={self ? `Become ${asking}` : 'Make owner'}
        tone={self ? 'danger' : 'primary'}
        onConfirm={async () => {
          if (asking) await change(asking);
        }}
      />
    </>
  );
}
