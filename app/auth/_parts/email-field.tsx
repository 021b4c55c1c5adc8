'use client';

import type { ComponentProps } from 'react';
import { Field } from '@/app/_ui/field';
import * as words from '@/messages/auth-fields';

interface EmailFieldProps extends Pick<ComponentProps<typeof Field>, 'ref' | 'hint' | 'error'> {
  label?: string;
  value: string;
  onValue: (email: string) => void;
}

/** The address of an account, as password managers know it. */
export function EmailField({ label = words.email, ...field }: EmailFieldProps) {
  return <Field {...field} label={label} type="email" name="email" autoComplete="username" required />;
}
