import type { Metadata } from 'next';
import * as words from '@/messages/not-found';
import { ButtonLink } from './_ui/button-link';
import { FocusPage } from './_ui/focus-page';

export const metadata: Metadata = { title: words.pageTitle };

export default function NotFound() {
  return (
    <FocusPage title={words.title} description={words.description}>
      <ButtonLink variant="primary" href="/">
        {words.toMyOrganization}
      </ButtonLink>
    </FocusPage>
  );
}
