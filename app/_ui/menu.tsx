'use client';

import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import * as words from '@/messages/ui';
import { cn } from './class-names';

interface MenuProps {
  trigger: ReactNode;
  align?: 'start' | 'center' | 'end';
  side?: 'top' | 'bottom';
  className?: string;
  children: ReactNode;
}

/** A dropdown menu; the trigger must be a single button. */
export function Menu({ trigger, align = 'end', side = 'bottom', className, children }: MenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        {/* A landmark: what stands at the end of the body would belong to none. */}
        <section aria-label={words.menu}>
          <Primitive.Content
            align={align}
            side={side}
            sideOffset={4}
            collisionPadding={8}
            className={cn(
              'z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 animate-rise overflow-y-auto rounded-lg border bg-surface p-1 shadow-lift',
              className,
            )}
          >
            {children}
          </Primitive.Content>
        </section>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

const itemStyle =
  'flex min-h-8 w-full items-center gap-2 rounded-md px-2 py-1 text-left text-sm outline-none select-none data-highlighted:bg-hover data-disabled:text-faint [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-faint';

interface MenuItemProps extends ComponentProps<typeof Primitive.Item> {
  tone?: 'neutral' | 'danger';
}

export function MenuItem({ tone = 'neutral', className, ...props }: MenuItemProps) {
  return (
    <Primitive.Item
      className={cn(itemStyle, tone === 'danger' && 'text-danger-ink [&_svg]:text-danger-ink', className)}
      {...props}
    />
  );
}

export function MenuLabel({ className, ...props }: ComponentProps<typeof Primitive.Label>) {
  return <Primitive.Label className={cn('px-2 py-1.5 text-muted text-xs', className)} {...props} />;
}

export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}
