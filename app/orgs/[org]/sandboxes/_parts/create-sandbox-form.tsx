'use client';

import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { DialogActions, DialogClose } from '@/app/_ui/dialog';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { Select } from '@/app/_ui/select';
import { TextArea } from '@/app/_ui/text-area';
import { toast } from '@/app/_ui/toast';
import { useSubmit } from '@/app/orgs/_parts/use-submit';
import { sandboxApi } from '@/lib/api-client/sandbox-api';
import * as words from '@/messages/sandbox-create';
import { useAgentList } from '../../_parts/use-agent-list';
import { readMetadata } from './read-metadata';
import { LIFETIMES, lifetimeOf } from './words';

interface CreateSandboxFormProps {
  orgId: string;
  template: string;
  onCreated: (id: string) => void;
}

export function CreateSandboxForm({ orgId, template: asked, onCreated }: CreateSandboxFormProps) {
  const { pending, error, submit } = useSubmit();
  const templates = useAgentList<{ name: string }>(orgId, '/v1/templates');
  const [chosen, setTemplate] = useState(asked);
  const [lifetime, setLifetime] = useState('300');
  const [lines, setLines] = useState('');
  const metadata = readMetadata(lines);
  const template = chosen || (templates.items?.[0]?.name ?? '');

  function create() {
    if ('wrong' in metadata) return;
    void submit(async () => {
      const body = { template, ...lifetimeOf(lifetime), ...(lines.trim() && { metadata: metadata.read }) };
      const { id } = await sandboxApi<{ id: string }>(orgId, { method: 'POST', path: '/v1/sandboxes', body });
      toast.success(words.created);
      onCreated(id);
    });
  }

  return (
    <Form onSubmit={create} className="flex flex-col gap-4">
      <TemplateField templates={templates} value={template} onValue={setTemplate} />
      <Field label={words.lifetime}>
        <Select options={LIFETIMES} value={lifetime} onValue={setLifetime} />
      </Field>
      <Field
        label={words.metadata}
        aside={words.optional}
        hint={words.metadataHint}
        error={'wrong' in metadata && words.metadataProblem(metadata.wrong)}
      >
        <TextArea value={lines} onValue={setLines} rows={2} spellCheck={false} placeholder={words.metadataExample} />
      </Field>
      {error && <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />}
      <DialogActions>
        <DialogClose>
          <Button disabled={pending}>{words.cancel}</Button>
        </DialogClose>
        <Button type="submit" variant="primary" pending={pending} disabled={template === '' || 'wrong' in metadata}>
          {words.create}
        </Button>
      </DialogActions>
    </Form>
  );
}

interface TemplateFieldProps {
  templates: ReturnType<typeof useAgentList<{ name: string }>>;
  value: string;
  onValue: (name: string) => void;
}

/** The templates that are there; where no machine tells, a name to type. */
function TemplateField({ templates: { items, error }, value, onValue }: TemplateFieldProps) {
  if (error || items?.length === 0) {
    return (
      <Field
        label={words.template}
        value={value}
        onValue={onValue}
        required
        autoComplete="off"
        placeholder={words.templateExample}
        hint={error ? words.templatesUnreadable(error.message) : words.noTemplate}
      />
    );
  }
  const options = items?.map(({ name }) => ({ value: name, label: name })) ?? [{ value, label: value || words.loading }];
  return (
    <Field label={words.template}>
      <Select options={options} value={value} onValue={onValue} disabled={items === null} />
    </Field>
  );
}
