'use client';

import type { ComponentProps } from 'react';
import { Field } from '@/app/_ui/field';
import * as words from '@/messages/auth-fields';

interface PasswordFieldProps extends Pick<ComponentProps<typeof Field>, 'hint' | 'aside'> {
  /** `new`: the password manager offers to make one. */
  kind: 'current' | 'new';
  label?: string;
  value: string;
  onValue: (password: string) => void;
}

/** A password to sign in with, or one being chosen. */
export function PasswordField({ kind, label = words.password, ...field }: PasswordFieldProps) {
  return <Field {...field} label={label} type="password" name="password" autoComplete={`${kind}-password`} required />;
}
