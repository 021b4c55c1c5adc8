import type { Metadata } from 'next';
import { safeNext } from '@/lib/page/safe-next';
import type { SearchParams } from '@/lib/page/stray-callback';
import { FinishSignIn } from './finish-sign-in';

export const metadata: Metadata = { title: 'Finish signing in' };

/** Links made by an administrator carry tokens behind the #, which only a script can read. */
export default async function FinishPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return <FinishSignIn next={safeNext((await searchParams).next)} />;
}
