import { Boxes } from 'lucide-react';
import { CopyField } from '@/app/_ui/copy-field';
import { EmptyState } from '@/app/_ui/empty-state';
import { TextLink } from '@/app/_ui/text-link';
import * as words from '@/messages/sandboxes';
import { createExample, environmentExample, SDK_EXAMPLE } from '../../_parts/api-examples';

interface NoSandboxesProps {
  apiUrl: string;
  tokensPath: string;
}

/** What stands before the first sandbox: the lines that make one from a program. */
export function NoSandboxes({ apiUrl, tokensPath }: NoSandboxesProps) {
  return (
    <div className="rounded-lg border bg-surface pb-6">
      <EmptyState icon={<Boxes />} title={words.noneTitle} text={words.noneText} className="pb-6" />
      <div className="mx-auto flex max-w-xl flex-col gap-2 px-4">
        <CopyField value={createExample(apiUrl)} label={words.copyCurl} />
        <CopyField value={`npm install @pandastack/sdk\n${environmentExample(apiUrl, '…')}`} label={words.copyEnvironment} />
        <CopyField value={SDK_EXAMPLE} label={words.copyJavaScript} />
        <p className="mt-1 text-center text-muted text-sm">
          {words.tokensAreUnder((text) => (
            <TextLink href={`${tokensPath}?new`}>{text}</TextLink>
          ))}
        </p>
      </div>
    </div>
  );
}
