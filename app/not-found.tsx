import type { Metadata } from 'next';
import Link from 'next/link';
import { Button } from './_ui/button';
import { FocusPage } from './_ui/focus-page';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <FocusPage
      title="Nothing to see here"
      description="The page does not exist, or it belongs to an organization you are not a member of."
    >
      <Button asChild variant="primary">
        <Link href="/">Go to my organization</Link>
      </Button>
    </FocusPage>
  );
}
