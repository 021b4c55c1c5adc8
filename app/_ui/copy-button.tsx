'use client';

import { Check, Copy } from 'lucide-react';
import * as words from '@/messages/ui';
import { Button, type ButtonProps } from './button';
import { useCopy } from './use-copy';

interface CopyButtonProps extends Omit<ButtonProps, 'value' | 'onClick'> {
  value: string;
  /** What is copied, for the spoken name: "Copy organization id". */
  label: string;
  /** Text beside the icon; without it the button is the icon alone. */
  children?: string;
}

export function CopyButton({ value, label, children, variant = 'ghost', size, ...props }: CopyButtonProps) {
  const { copied, copy } = useCopy(value);
  return (
    <Button
      variant={variant}
      size={size ?? (children ? 'sm' : 'icon-sm')}
      aria-label={children ? undefined : copied ? words.copied : label}
      title={label}
      {...props}
      onClick={() => void copy()}
    >
      {copied ? <Check aria-hidden="true" className="text-accent-ink" /> : <Copy aria-hidden="true" />}
      {children && (copied ? words.copied : children)}
      <span role="status" className="sr-only">
        {copied ? words.copied : ''}
      </span>
    </Button>
  );
}
