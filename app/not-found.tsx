import type { Metadata } from 'next';
import * as words from '@/messages/not-found';
import { BarePage } from './_ui/bare-page';
import { buttonStyle } from './_ui/button-style';

export const metadata: Metadata = { title: words.pageTitle };

export default function NotFound() {
  return (
    <BarePage title={words.title} description={words.description}>
      <a href="/" className={buttonStyle({ variant: 'primary' })}>
        {words.toMyOrganization}
      </a>
    </BarePage>
  );
}
