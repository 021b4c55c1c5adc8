import type { RequestOrigin } from './actor';

/** A credential that was refused (401), or somebody known who may not do what they asked for (403). */
export interface Refusal {
  /** The code of the answer, or the reason a sign-in page gives. */
  code: string;
  kind: 'credential' | 'permission';
  /** The pattern of the route: never an id and never a secret. */
  route: string;
  origin: RequestOrigin;
  /** A user id or `token:<id>`; '' while nobody is proven. */
  actorId: string;
  /** The org it concerned; '' where none is known. */
  orgId: string;
}

type Listener = (refusal: Refusal) => void;
const holder = globalThis as typeof globalThis & { __pandastackRefusalListener?: Listener | undefined };

/** Has every refusal of this process told to one listener, which must neither throw nor wait. Returns what ends that. */
export function hearRefusals(listener: Listener): () => void {
  holder.__pandastackRefusalListener = listener;
  return () => {
    holder.__pandastackRefusalListener = undefined;
  };
}

/** Tells a refusal to whoever listens. */
export function tellRefusal(refusal: Refusal): void {
  holder.__pandastackRefusalListener?.(refusal);
}
