'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_ui/button';
import { Card } from '@/app/_ui/card';
import { ErrorNote } from '@/app/_ui/error-note';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { Select } from '@/app/_ui/select';
import { toast } from '@/app/_ui/toast';
import { apiFetch } from '@/lib/api-client/api-fetch';
import { useSubmit } from '../../_parts/use-submit';
import { domainProblem } from './domain-problem';

interface InvitePolicyProps {
  orgId: string;
  defaultRole: string;
  domains: readonly string[];
  /** Who may come in at all is for owners. */
  mayLimit: boolean;
}

const ROLES = [
  { value: 'member', label: 'Member' },
  { value: 'admin', label: 'Admin' },
];

/** What an invite gives when nobody says otherwise, and whom the organization invites. */
export function InvitePolicy({ orgId, defaultRole, domains, mayLimit }: InvitePolicyProps) {
  const router = useRouter();
  const { pending, error, submit } = useSubmit();
  const [role, setRole] = useState(defaultRole);
  const [text, setText] = useState(domains.join(', '));
  const named = text.split(/[\s,;]+/).filter((domain) => domain !== '');
  // As the API keeps them, so that a saved list counts as saved however it was typed.
  const kept = [...new Set(named.map((domain) => domain.toLowerCase()))].sort();
  const domainsChanged = mayLimit && kept.join() !== domains.join();
  const problem = error && domainProblem(error.fields, named);

  function save() {
    void submit(async () => {
      await apiFetch('PATCH', `/v1/orgs/${orgId}`, {
        ...(role !== defaultRole && { default_invite_role: role }),
        ...(domainsChanged && { allowed_email_domains: named }),
      });
      toast.success('The rules for invitations were changed');
      router.refresh();
    });
  }

  return (
    <Form onSubmit={save}>
      <Card
        title="Invitations"
        footer={
          <Button
            type="submit"
            variant="primary"
            size="sm"
            className="ml-auto"
            pending={pending}
            disabled={role === defaultRole && !domainsChanged}
          >
            Save
          </Button>
        }
      >
        <div className="flex max-w-sm flex-col gap-4">
          <Field label="Role" hint="What an invitation gives when nobody says otherwise.">
            <Select value={role} onValue={setRole} options={ROLES} />
          </Field>
          {mayLimit ? (
            <Field
              label="E-mail domains"
              hint="Only addresses of these domains are invited, such as example.com, example.org. Empty: any address."
              value={text}
              onValue={setText}
              error={problem}
              placeholder="Any"
              autoComplete="off"
              spellCheck={false}
            />
          ) : (
            <p className="wrap-anywhere text-muted text-sm">
              {domains.length === 0
                ? 'Any e-mail address may be invited.'
                : `Only addresses of ${domains.join(', ')} are invited.`}{' '}
              Owners decide that.
            </p>
          )}
          {error && !problem && <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />}
        </div>
      </Card>
    </Form>
  );
}
