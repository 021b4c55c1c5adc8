'use client';

import { type ComponentType, useEffect, useState } from 'react';
import { awaitToasts } from './toast';

/** Shows toasts; mounted once by the root layout. Pages without one never load the library for them. */
export function Toaster() {
  const [List, setList] = useState<ComponentType | null>(null);
  useEffect(() => awaitToasts(() => void import('./toast-list').then(({ ToastList }) => setList(() => ToastList))), []);
  return List && <List />;
}
