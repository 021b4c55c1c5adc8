import type { ComponentProps } from 'react';
import { textLinkStyle } from './text-link-style';

/** The same for pages of one task: what it leads to is loaded when it is wanted, and no script for links before. */
export function PlainLink({ className, ...props }: ComponentProps<'a'>) {
  return <a className={textLinkStyle(className)} {...props} />;
}
