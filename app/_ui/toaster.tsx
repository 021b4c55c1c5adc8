'use client';

import { type ComponentType, useEffect, useState } from 'react';
import { awaitToasts, haveToastsAtHand } from './toast';

const load = () => import('./toast-list');
// What could not be loaded is asked for again with the next toast.
const nothing = () => undefined;

/** Shows toasts; mounted once by the root layout. Pages without one never load the library for them. */
export function Toaster() {
  const [List, setList] = useState<ComponentType | null>(null);
  useEffect(() => awaitToasts(() => void load().then(({ ToastList }) => setList(() => ToastList), nothing)), []);
  return List && <List />;
}

/** For pages on which things are done: the corner is there before it has to tell that the server is not, and is listened to. */
export function ToastsAtHand() {
  useEffect(haveToastsAtHand, []);
  return null;
}
