import type { Metadata } from 'next';
import { PageHeader } from '@/app/_ui/page-header';
import { Controls } from './_parts/controls';
import { Data } from './_parts/data';
import { Feedback } from './_parts/feedback';
import { Frames } from './_parts/frames';
import { Overlays } from './_parts/overlays';

export const metadata: Metadata = { title: 'Components' };

/** Every component of app/_ui in every state. Only `npm run dev` has this page: next.config.ts knows its file name there alone. */
export default function GalleryPage() {
  return (
    <main className="mx-auto max-w-7xl px-4 py-8">
      <PageHeader
        title="Components"
        description="Light on the left, dark on the right. Move the pointer over them and walk through with Tab for the other states; what opens over the page has the theme of the page."
      />
      <div className="flex flex-col gap-8">
        <Controls />
        <Feedback />
        <Data />
        <Overlays />
        <Frames />
      </div>
    </main>
  );
}
