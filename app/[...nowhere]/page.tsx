import { notFound } from 'next/navigation';

/** Any address that is nothing: a page that Next finds none for comes without its fonts preloaded, and is read in the system's. */
export default function Nowhere(): never {
  notFound();
}
