'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button, type ButtonProps } from './button';
import { toast } from './toaster';

interface CopyButtonProps extends Omit<ButtonProps, 'value' | 'onClick'> {
  value: string;
  /** What is copied, for the spoken name: "Copy organization id". */
  label: string;
  /** Text beside the icon; without it the button is the icon alone. */
  children?: string;
}

const SHOWN_MS = 1_600;

export function CopyButton({ value, label, children, variant = 'ghost', size, ...props }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // Plain http on another host has no clipboard; the value stays selectable on the page.
      toast.error('The browser did not allow copying', { description: 'Select the text and copy it by hand.' });
      return;
    }
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  }

  return (
    <Button
      variant={variant}
      size={size ?? (children ? 'sm' : 'icon-sm')}
      aria-label={children ? undefined : copied ? 'Copied' : label}
      title={label}
      {...props}
      onClick={copy}
    >
      {copied ? <Check aria-hidden="true" className="text-accent-ink" /> : <Copy aria-hidden="true" />}
      {children && (copied ? 'Copied' : children)}
      <span role="status" className="sr-only">
        {copied ? 'Copied' : ''}
      </span>
    </Button>
  );
}
