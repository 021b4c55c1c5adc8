import Link from 'next/link';
import type { ComponentProps } from 'react';
import { textLinkStyle } from './text-link-style';

/** A link inside a sentence, to a page of which this one knows ahead. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return <Link className={textLinkStyle(className)} {...props} />;
}
