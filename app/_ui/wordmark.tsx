import * as words from '@/messages/ui';
import { cn } from './class-names';

export function PandaMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={cn('size-5', className)}>
      <rect width="32" height="32" rx="8" fill="oklch(0.52 0.125 151)" />
      <g fill="oklch(0.2 0.02 151)">
        <circle cx="9" cy="10.2" r="3.7" />
        <circle cx="23" cy="10.2" r="3.7" />
      </g>
      <path d="M16 7.6c5.6 0 9.2 4 9.2 9 0 4.9-3.9 8.4-9.2 8.4s-9.2-3.5-9.2-8.4c0-5 3.6-9 9.2-9Z" fill="oklch(0.99 0.004 150)" />
      <g fill="oklch(0.2 0.02 151)">
        <ellipse cx="11.9" cy="16.3" rx="2.2" ry="2.8" transform="rotate(28 11.9 16.3)" />
        <ellipse cx="20.1" cy="16.3" rx="2.2" ry="2.8" transform="rotate(-28 20.1 16.3)" />
        <ellipse cx="16" cy="20.4" rx="1.5" ry="1.05" />
      </g>
    </svg>
  );
}

export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={cn('inline-flex select-none items-center gap-2 font-semibold text-base tracking-[-0.015em]', className)}>
      <PandaMark />
      {words.product}
    </span>
  );
}
