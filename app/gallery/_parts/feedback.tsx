'use client';

import { Boxes } from 'lucide-react';
import { Badge } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { EmptyState } from '@/app/_ui/empty-state';
import { ErrorNote } from '@/app/_ui/error-note';
import { Kbd } from '@/app/_ui/kbd';
import { LoadingRegion } from '@/app/_ui/loading-region';
import { Meter } from '@/app/_ui/meter';
import { Note } from '@/app/_ui/note';
import { Skeleton } from '@/app/_ui/skeleton';
import { Spinner } from '@/app/_ui/spinner';
import { StubBanner } from '@/app/_ui/stub-banner';
import { toast } from '@/app/_ui/toast';
import { LONG, Row, Specimen } from './specimen';

const TONES = ['neutral', 'info', 'accent', 'warn', 'danger'] as const;

/** What tells how things are. */
export function Feedback() {
  return (
    <>
      <Specimen title="Badge, Kbd">
        <Row>
          {TONES.map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
          <Kbd>g</Kbd>
          <Kbd>Ctrl</Kbd>
        </Row>
      </Specimen>
      <Specimen title="Note, ErrorNote, StubBanner">
        {TONES.map((tone) => (
          <Note key={tone} tone={tone} title={`A note, ${tone}`} className="w-full">
            What just happened.
          </Note>
        ))}
        <Note className="w-full">{LONG}</Note>
        <ErrorNote message="The server could not be reached" className="w-full" />
        <ErrorNote message={LONG} hint="Try again in a few seconds." requestId="5e0c1d7e" className="w-full" />
        <div className="w-full">
          <StubBanner email="dev@example.com" />
        </div>
      </Specimen>
      <Specimen title="EmptyState">
        <EmptyState title="Nothing yet" className="w-full py-4" />
        <EmptyState
          icon={<Boxes />}
          title="No sandboxes"
          text={`What belongs here. ${LONG}`}
          action={<Button variant="primary">Create one</Button>}
          className="w-full py-4"
        />
      </Specimen>
      <Specimen title="Meter">
        <Meter label="Empty" used={0} total={8} text="0 of 8" />
        <Meter label="Half" used={4} total={8} text="4 of 8" />
        <Meter label="Nearly full" used={7} total={8} text="7 of 8" />
        <Meter label="More than there is" used={12} total={8} text="12 of 8" mayExceed />
        <Meter label="Of nothing" used={0} total={0} text="unknown" />
      </Specimen>
      <Specimen title="Skeleton, LoadingRegion, Spinner">
        <LoadingRegion>
          <Skeleton className="w-40" />
        </LoadingRegion>
        <Skeleton className="h-7 w-24" />
        <Spinner />
      </Specimen>
      <Specimen title="Toaster" note="Mounted by the root layout: press to see one.">
        <Row>
          <Button onClick={() => toast.success('Saved')}>Success</Button>
          <Button onClick={() => toast.error('Refused', { description: LONG })}>Error</Button>
          <Button
            onClick={() => toast.success('Changed', { action: { label: 'Undo', onClick: () => toast.success('Taken back') } })}
          >
            With undo
          </Button>
        </Row>
      </Specimen>
    </>
  );
}
