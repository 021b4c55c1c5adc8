import type { Metadata } from 'next';
import { safeNext } from '@/lib/page/safe-next';
import type { SearchParams } from '@/lib/page/stray-callback';
import * as words from '@/messages/finish-sign-in';
import { FinishSignIn } from './finish-sign-in';

export const metadata: Metadata = { title: words.title };

/** Links made by an administrator carry tokens behind the #, which only a script can read. */
export default async function FinishPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  return <FinishSignIn next={safeNext((await searchParams).next)} />;
}
