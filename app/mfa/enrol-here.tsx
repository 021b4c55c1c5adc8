'use client';

import { authenticatorApp } from '@/messages/authenticator';
import { EnrolTotp } from '../account/_parts/enrol-totp';
import { enter } from '../auth/_parts/use-auth';

/** Enrolment on the way to somewhere. */
export function EnrolHere({ next }: { next: string }) {
  return <EnrolTotp suggestion={authenticatorApp} size="lg" onDone={() => enter(next)} />;
}
