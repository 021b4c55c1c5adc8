'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { CopyButton } from '@/app/_ui/copy-button';
import { CopyField } from '@/app/_ui/copy-field';
import { DialogActions } from '@/app/_ui/dialog';
import { usePublicConfig } from '@/lib/api-client/public-config-context';
import * as words from '@/messages/tokens';
import { curlExample, environmentExample, PYTHON_EXAMPLE, SDK_EXAMPLE } from '../_parts/api-examples';

const WAYS = [
  { name: 'curl', install: null, lines: null },
  { name: 'Python', install: 'pip install pandastack', lines: PYTHON_EXAMPLE },
  { name: 'JavaScript', install: 'npm install @pandastack/sdk', lines: SDK_EXAMPLE },
] as const;
type Way = (typeof WAYS)[number];

interface TokenSecretProps {
  secret: string;
  onDone: () => void;
}

/** The secret, and the lines that use it. */
export function TokenSecret({ secret, onDone }: TokenSecretProps) {
  const [way, setWay] = useState<Way>(WAYS[0]);
  return (
    <>
      <div className="flex items-center gap-2">
        <code className="wrap-anywhere min-w-0 flex-1 select-all rounded-md border border-accent/40 bg-accent-soft px-2.5 py-1.5 font-mono text-accent-ink text-sm">
          {secret}
        </code>
        <CopyButton value={secret} label={words.copyToken} variant="primary" size="md">
          {words.copy}
        </CopyButton>
      </div>
      <fieldset className="mt-5 mb-2 flex gap-1">
        <legend className="sr-only">{words.readyLines}</legend>
        {WAYS.map((offered) => (
          <Button
            key={offered.name}
            size="sm"
            variant="ghost"
            aria-pressed={way === offered}
            onClick={() => setWay(offered)}
            className="aria-pressed:bg-hover aria-pressed:text-ink"
          >
            {offered.name}
          </Button>
        ))}
      </fieldset>
      <ReadyLines way={way} secret={secret} />
      <DialogActions>
        <Button variant="primary" onClick={onDone}>
          {words.copied}
        </Button>
      </DialogActions>
    </>
  );
}

function ReadyLines({ way, secret }: { way: Way; secret: string }) {
  const { apiUrl, dashboardUrl } = usePublicConfig();
  const api = apiUrl || dashboardUrl;
  if (way.lines === null) return <CopyField value={curlExample(api, secret)} label={words.copyCurl} />;
  return (
    <div className="flex flex-col gap-2">
      <CopyField value={way.install} label={words.copyInstall} />
      <CopyField value={environmentExample(api, secret)} label={words.copyEnvironment} />
      <CopyField value={way.lines} label={words.copyLines(way.name)} />
    </div>
  );
}
