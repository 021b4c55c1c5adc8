'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { CopyButton } from '@/app/_ui/copy-button';
import { CopyField } from '@/app/_ui/copy-field';
import { DialogActions } from '@/app/_ui/dialog';
import { usePublicConfig } from '@/lib/api-client/public-config-context';
import { curlExample, environmentExample, SDK_EXAMPLE } from '../_parts/api-examples';

interface TokenSecretProps {
  secret: string;
  onDone: () => void;
}

/** The secret, and the lines that use it. */
export function TokenSecret({ secret, onDone }: TokenSecretProps) {
  const { apiUrl, dashboardUrl } = usePublicConfig();
  const [way, setWay] = useState<'curl' | 'sdk'>('curl');
  const api = apiUrl || dashboardUrl;
  return (
    <>
      <div className="flex items-center gap-2">
        <code className="wrap-anywhere min-w-0 flex-1 select-all rounded-md border border-accent/40 bg-accent-soft px-2.5 py-1.5 font-mono text-accent-ink text-sm">
          {secret}
        </code>
        <CopyButton value={secret} label="Copy the token" variant="primary" size="md">
          Copy
        </CopyButton>
      </div>
      <fieldset className="mt-5 mb-2 flex gap-1">
        <legend className="sr-only">Ready lines</legend>
        {(['curl', 'sdk'] as const).map((name) => (
          <Button
            key={name}
            size="sm"
            variant="ghost"
            aria-pressed={way === name}
            onClick={() => setWay(name)}
            className="aria-pressed:bg-hover aria-pressed:text-ink"
          >
            {name === 'curl' ? 'curl' : 'JavaScript SDK'}
          </Button>
        ))}
      </fieldset>
      {way === 'curl' ? (
        <CopyField value={curlExample(api, secret)} label="Copy the curl line" />
      ) : (
        <div className="flex flex-col gap-2">
          <CopyField value="npm install @pandastack/sdk" label="Copy the install line" />
          <CopyField value={environmentExample(api, secret)} label="Copy the environment" />
          <CopyField value={SDK_EXAMPLE} label="Copy the SDK lines" />
        </div>
      )}
      <DialogActions>
        <Button variant="primary" onClick={onDone}>
          I have copied it
        </Button>
      </DialogActions>
    </>
  );
}
