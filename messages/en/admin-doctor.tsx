import type { ReactNode } from 'react';
import type { Finding } from '@/lib/doctor/finding';
import { plural } from '../plural';

export const title = 'Doctor';
export const description = 'What this server sees of its configuration, database and sign-in.';
export const checkAgain = 'Check again';
export const examining = 'Examining the server';

export const groups: Record<Finding['status'], { title: (count: number) => string; description: string | null }> = {
  fail: {
    title: (count) => plural(count, { other: 'Needs fixing (#)' }),
    description: 'People are kept out, or let in, by this.',
  },
  warn: { title: (count) => plural(count, { other: 'Worth a look (#)' }), description: 'It works today, and may not hold.' },
  skipped: { title: (count) => plural(count, { other: 'Not checked (#)' }), description: 'There was nothing to ask here.' },
  ok: { title: (count) => plural(count, { other: 'In order (#)' }), description: null },
};

export const allInOrder = 'Everything that could be checked is in order.';
/** Parts without a finding are left out. */
export const summary = (broken: number, doubtful: number, fine: number) => {
  const parts = [
    broken > 0 && plural(broken, { one: '# needs fixing', other: '# need fixing' }),
    doubtful > 0 && plural(doubtful, { one: '# is worth a look', other: '# are worth a look' }),
    plural(fine, { other: '# in order' }),
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
};
export const checked = (when: ReactNode, code: (text: string) => ReactNode) => (
  <>
    Checked {when}. The same as {code('pandastack doctor')} on its machine.
  </>
);

export const guide = (symptom: string) => `Guide: “${symptom}”`;
export const seen = 'Seen';
export const expected = 'Expected';
export const fix = 'Fix';
export const copyFix = 'Copy the fix';
