'use client';

import { useId } from 'react';
import { Button, type ButtonProps } from '@/app/_ui/button';
import * as words from '@/messages/login-form';
import { useLastWay, type Way } from './use-last-way';

/** A button for one way in; marked when it was the last one. The mark takes no room, so nothing moves when it appears. */
export function WayButton({ way, children, ...props }: ButtonProps & { way: Way }) {
  const markId = useId();
  const isLast = useLastWay() === way;
  return (
    <div className="relative flex flex-col">
      <Button size="lg" {...props} aria-describedby={isLast ? markId : undefined}>
        {children}
      </Button>
      {isLast && (
        <span
          id={markId}
          className="-top-2 pointer-events-none absolute right-2.5 rounded-sm border bg-surface px-1.5 text-muted text-xs leading-4"
        >
          {words.lastUsed}
        </span>
      )}
    </div>
  );
}
