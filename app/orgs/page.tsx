import { redirect } from 'next/navigation';

/** Nobody links here; whoever shortens an address arrives where "/" leads. */
export default function OrgsPage(): never {
  redirect('/');
}
