'use client';

import { createContext } from 'react';

/** What ties a control to the label, hint and error of the field around it. */
export interface FieldWiring {
  id?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
}

export const FieldWiring = createContext<FieldWiring>({});
