import { permanentRedirect } from 'next/navigation';
import { choiceSearch, readChoice } from '../../range';

interface OldSandboxPageProps {
  params: Promise<{ org: string; sandbox: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Where the readings of a sandbox stood before it had a page of its own; that one asks who may see it. */
export default async function OldSandboxPage({ params, searchParams }: OldSandboxPageProps) {
  const { org, sandbox } = await params;
  permanentRedirect(`/orgs/${org}/sandboxes/${sandbox}/metrics${choiceSearch(readChoice(await searchParams))}`);
}
