import { type ClassValue, clsx } from 'clsx';

/** Joins class names. What a component leaves to whoever uses it, it writes as `base:…`; of two others of a kind the sheet's order decides. */
export function cn(...classes: ClassValue[]): string {
  return clsx(classes);
}
