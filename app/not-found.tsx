import type { Metadata } from 'next';
import { ButtonLink } from './_ui/button-link';
import { FocusPage } from './_ui/focus-page';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <FocusPage
      title="Nothing to see here"
      description="The page does not exist, or it belongs to an organization you are not a member of."
    >
      <ButtonLink variant="primary" href="/">
        Go to my organization
      </ButtonLink>
    </FocusPage>
  );
}
