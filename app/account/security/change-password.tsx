'use client';

import { Card } from '@/app/_ui/card';
import { toast } from '@/app/_ui/toast';
import * as words from '@/messages/account-security';
import { PasswordForm } from '../_parts/password-form';

interface ChangePasswordProps {
  email: string;
  /** The account came through a provider or single sign-on and may have no password yet. */
  mayHaveNone: boolean;
}

export function ChangePassword({ email, mayHaveNone }: ChangePasswordProps) {
  return (
    <Card title={words.password} description={mayHaveNone ? words.firstPasswordHint : words.passwordHint}>
      <div className="max-w-sm">
        <PasswordForm email={email} onSaved={() => toast.success(words.passwordSaved)} />
      </div>
    </Card>
  );
}
