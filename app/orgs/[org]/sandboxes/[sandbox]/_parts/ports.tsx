'use client';

import { Plus, X } from 'lucide-react';
import { useState } from 'react';
import { Badge } from '@/app/_ui/badge';
import { Button } from '@/app/_ui/button';
import { Card } from '@/app/_ui/card';
import { CopyButton } from '@/app/_ui/copy-button';
import { ErrorNote } from '@/app/_ui/error-note';
import { Form } from '@/app/_ui/form';
import { Input } from '@/app/_ui/input';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/orgs/_parts/use-submit';
import { asApiError } from '@/lib/api-client/api-error';
import { usePublicConfig } from '@/lib/api-client/public-config-context';
import { sandboxApi, sandboxPath } from '@/lib/api-client/sandbox-api';
import * as words from '@/messages/sandbox-ports';
import { useAgentList } from '../../../_parts/use-agent-list';

interface Port {
  port: number;
  label?: string;
  listening: boolean;
  source: string;
  proxy_url: string;
}

interface PortsProps {
  orgId: string;
  sandboxId: string;
  /** Only a running sandbox can be asked what listens in it. */
  runs: boolean;
}

/** Where programs in the sandbox listen, and the address that leads there. */
export function Ports({ runs, ...rest }: PortsProps) {
  return (
    <Card title={words.title} description={words.description} flush>
      {runs ? <PortList {...rest} /> : <p className="px-4 py-6 text-center text-faint text-sm">{words.toldLater}</p>}
    </Card>
  );
}

function PortList({ orgId, sandboxId }: Omit<PortsProps, 'runs'>) {
  const path = sandboxPath(sandboxId, '/ports');
  const { items, error, reload } = useAgentList<Port>(orgId, path);
  const { apiUrl, dashboardUrl } = usePublicConfig();

  async function forget(port: number) {
    try {
      await sandboxApi(orgId, { method: 'DELETE', path: `${path}/${port}` });
      reload();
    } catch (thrown) {
      toast.error(asApiError(thrown).message);
    }
  }

  return (
    <>
      {error && <ErrorNote message={error.message} hint={error.hint} className="m-3" />}
      {items?.length === 0 && <p className="px-4 pt-5 pb-3 text-center text-faint text-sm">{words.none}</p>}
      <ul className="divide-y">
        {items?.map(({ port, label, listening, source, proxy_url }) => (
          <li key={port} className="flex min-h-10 items-center gap-2 px-4 py-1 text-sm">
            <span className="w-12 font-mono tabular-nums">{port}</span>
            <span className="min-w-0 flex-1 truncate text-muted">{label}</span>
            <Badge tone={listening ? 'accent' : 'neutral'}>{listening ? words.listening : words.quiet}</Badge>
            <CopyButton value={(apiUrl || dashboardUrl) + proxy_url} label={words.copyAddress(port)} />
            {source === 'user' && (
              <Button variant="ghost" size="icon-sm" aria-label={words.forget(port)} onClick={() => void forget(port)}>
                <X aria-hidden="true" />
              </Button>
            )}
          </li>
        ))}
      </ul>
      <DeclarePort orgId={orgId} path={path} onDone={reload} />
    </>
  );
}

function DeclarePort({ orgId, path, onDone }: { orgId: string; path: string; onDone: () => void }) {
  const { pending, error, submit } = useSubmit();
  const [port, setPort] = useState('');
  const [label, setLabel] = useState('');

  function declare() {
    void submit(async () => {
      await sandboxApi(orgId, { method: 'POST', path, body: { port: Number(port), ...(label && { label }) } });
      setPort('');
      setLabel('');
      onDone();
    });
  }

  return (
    <Form onSubmit={declare} className="border-t px-4 py-2.5">
      <div className="flex gap-2">
        <Input
          aria-label={words.port}
          placeholder={words.portExample}
          inputMode="numeric"
          pattern="[0-9]{1,5}"
          required
          value={port}
          onValue={setPort}
          className="w-20"
        />
        <Input aria-label={words.label} placeholder={words.label} value={label} onValue={setLabel} className="flex-1" />
        <Button type="submit" pending={pending}>
          <Plus aria-hidden="true" /> {words.add}
        </Button>
      </div>
      {error && <ErrorNote message={error.message} hint={error.hint} className="mt-2" />}
    </Form>
  );
}
