'use client';

import { PasswordForm } from '../../account/_parts/password-form';
import { enter } from '../_parts/use-auth';

export function SetPasswordForm({ email, next }: { email: string; next: string }) {
  return <PasswordForm email={email} size="lg" onSaved={() => enter(next)} />;
}
