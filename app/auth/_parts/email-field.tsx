'use client';

import type { ComponentProps } from 'react';
import { Field } from '@/app/_ui/field';
import { useEarlyTyping } from '@/app/_ui/use-early-typing';

interface EmailFieldProps extends Pick<ComponentProps<typeof Field>, 'ref' | 'hint' | 'error'> {
  label?: string;
  value: string;
  onValue: (email: string) => void;
}

/** The address of an account, as password managers know it. */
export function EmailField({ value, onValue, ref, label = 'E-mail', ...field }: EmailFieldProps) {
  const typing = useEarlyTyping({ value, onValue, ref });
  return <Field {...field} {...typing} label={label} type="email" name="email" autoComplete="username" required />;
}
