import { Boxes } from 'lucide-react';
import { CopyField } from '@/app/_ui/copy-field';
import { EmptyState } from '@/app/_ui/empty-state';
import { TextLink } from '@/app/_ui/text-link';
import { createExample, environmentExample, SDK_EXAMPLE } from '../../_parts/api-examples';

interface NoSandboxesProps {
  apiUrl: string;
  tokensPath: string;
}

/** What stands before the first sandbox: the lines that make one from a program. */
export function NoSandboxes({ apiUrl, tokensPath }: NoSandboxesProps) {
  return (
    <div className="rounded-lg border bg-surface pb-6">
      <EmptyState
        icon={<Boxes />}
        title="No sandboxes"
        text="Make one here, or from a program with an API token."
        className="pb-6"
      />
      <div className="mx-auto flex max-w-xl flex-col gap-2 px-4">
        <CopyField value={createExample(apiUrl)} label="Copy the curl line" />
        <CopyField value={`npm install @pandastack/sdk\n${environmentExample(apiUrl, '…')}`} label="Copy the environment" />
        <CopyField value={SDK_EXAMPLE} label="Copy the JavaScript lines" />
        <p className="mt-1 text-center text-muted text-sm">
          Tokens are made under <TextLink href={`${tokensPath}?new`}>API tokens</TextLink>.
        </p>
      </div>
    </div>
  );
}
