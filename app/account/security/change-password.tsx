'use client';

import { Card } from '@/app/_ui/card';
import { toast } from '@/app/_ui/toast';
import { PasswordForm } from '../_parts/password-form';

interface ChangePasswordProps {
  email: string;
  /** The account came through a provider or single sign-on and may have no password yet. */
  mayHaveNone: boolean;
}

export function ChangePassword({ email, mayHaveNone }: ChangePasswordProps) {
  const first = mayHaveNone ? 'Set one to sign in with your e-mail address as well. ' : '';
  return (
    <Card
      title="Password"
      description={`${first}Saving a new one signs you out of every other browser; this one stays signed in.`}
    >
      <div className="max-w-sm">
        <PasswordForm email={email} onSaved={() => toast.success('Your password was saved. Other browsers are signed out.')} />
      </div>
    </Card>
  );
}
