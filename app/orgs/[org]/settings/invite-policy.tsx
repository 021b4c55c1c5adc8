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
import * as words from '@/messages/settings';
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
  { value: 'member', label: words.roleMember },
  { value: 'admin', label: words.roleAdmin },
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
      toast.success(words.invitationsChanged);
      router.refresh();
    });
  }

  return (
    <Form onSubmit={save}>
      <Card
        title={words.invitations}
        footer={
          <Button
            type="submit"
            variant="primary"
            size="sm"
            className="ml-auto"
            pending={pending}
            disabled={role === defaultRole && !domainsChanged}
          >
            {words.save}
          </Button>
        }
      >
        <div className="flex max-w-sm flex-col gap-4">
          <Field label={words.role} hint={words.roleHint}>
            <Select value={role} onValue={setRole} options={ROLES} />
          </Field>
          {mayLimit ? (
            <Field
              label={words.domains}
              hint={words.domainsHint}
              value={text}
              onValue={setText}
              error={problem}
              placeholder={words.anyDomain}
              autoComplete="off"
              spellCheck={false}
            />
          ) : (
            <p className="wrap-anywhere text-muted text-sm">
              {domains.length === 0 ? words.anyAddress : words.onlyAddresses(domains.join(', '))}
            </p>
          )}
          {error && !problem && <ErrorNote message={error.message} hint={error.hint} requestId={error.requestId} />}
        </div>
      </Card>
    </Form>
  );
}
