import type { ReactNode } from 'react';

export const title = 'This page did not load';
export const description = 'Something it depends on did not answer. Nothing was changed; trying again is safe.';
export const operators = (code: (text: string) => ReactNode, digest: string | undefined) => (
  <>
    Still failing? Operators: see {code('/readyz')} and the log{digest && <> for {code(digest)}</>}.
  </>
);
export const tryAgain = 'Try again';
export const startPage = 'Start page';
