import type { ComponentProps } from 'react';
import { cn } from './class-names';
import { controlStyle } from './input';

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea className={cn(controlStyle, 'min-h-20 px-2.5 py-1.5 text-sm max-sm:text-lg', className)} {...props} />;
}
