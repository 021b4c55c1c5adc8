'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Card } from '@/app/_ui/card';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { toast } from '@/app/_ui/toast';
import { toastRefusal } from '@/app/orgs/_parts/toast-refusal';
import { useSubmit } from '@/app/orgs/_parts/use-submit';
import { apiFetch } from '@/lib/api-client/api-fetch';
import * as words from '@/messages/settings';

export function RenameOrg({ orgId, name }: { orgId: string; name: string }) {
  const router = useRouter();
  const { pending, error, submit } = useSubmit();
  const [draft, setDraft] = useState(name);
  const problem = error?.fieldMessage('name');

  function rename() {
    void submit(async () => {
      await save(draft);
      toast.success(words.renamed, { action: { label: words.undo, onClick: () => void takeBack(name) } });
    });
  }

  async function save(next: string) {
    await apiFetch('PATCH', `/v1/orgs/${orgId}`, { name: next });
    router.refresh();
  }

  async function takeBack(former: string) {
    try {
      await save(former);
      setDraft(former);
    } catch (thrown) {
      toastRefusal(thrown);
    }
  }

  return (
    <Form onSubmit={rename}>
      <Card
        title={words.general}
        footer={
          <Button
            type="submit"
            variant="primary"
            size="sm"
            className="ml-auto"
            pending={pending}
            disabled={draft.trim() === name || draft.trim() === ''}
          >
            {words.save}
          </Button>
        }
      >
        <div className="flex max-w-sm flex-col gap-3">
          <Field
            label={words.name}
            hint={words.nameHint}
            value={draft}
            onValue={setDraft}
            error={problem && words.nameProblem(problem)}
            maxLength={80}
            autoComplete="off"
          />
          {error && !problem && <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />}
        </div>
      </Card>
    </Form>
  );
}
