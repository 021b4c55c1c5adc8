import { Button } from '@/app/_ui/button';
import { ButtonLink } from '@/app/_ui/button-link';
import { Field } from '@/app/_ui/field';
import { Select, type SelectOption } from '@/app/_ui/select';
import { AUDIT_ACTIONS } from '@/lib/audit/audit-actions';
import * as words from '@/messages/audit';
import { actionWords } from '../_parts/audit-words';
import type { AuditFilters } from './audit-filters';

interface FilterFormProps {
  path: string;
  filters: AuditFilters;
  people: readonly SelectOption[];
}

const EVERY_ACTION = [
  { value: '', label: words.everyAction },
  ...AUDIT_ACTIONS.map((action) => ({ value: action, label: actionWords(action) })),
];

/** A plain GET form: a filtered log is an address to share, and works without scripts. */
export function FilterForm({ path, filters, people }: FilterFormProps) {
  const { action, actor, target, from, to } = filters;
  // Former members and tokens are not in the list, but a link may name one.
  const known = actor === '' || people.some(({ value }) => value === actor);
  const actors = [{ value: '', label: words.everybody }, ...people, ...(known ? [] : [{ value: actor, label: actor }])];
  return (
    <search className="mb-4 block">
      <form action={path} className="grid grid-cols-2 items-end gap-x-3 gap-y-2.5 md:grid-cols-[1.2fr_1.2fr_1.2fr_1fr_1fr_auto]">
        <Field label={words.action} className="max-md:col-span-2">
          <Select data-shortcut="filter" name="action" defaultValue={action} options={EVERY_ACTION} />
        </Field>
        <Field label={words.who} className="max-md:col-span-2">
          <Select name="actor" defaultValue={actor} options={actors} />
        </Field>
        <Field
          label={words.target}
          name="target"
          placeholder={words.targetExample}
          defaultValue={target}
          className="max-md:col-span-2"
        />
        <Field label={words.from} name="from" type="date" defaultValue={from} />
        <Field label={words.to} name="to" type="date" defaultValue={to} />
        <div className="flex gap-2 max-md:col-span-2">
          <Button type="submit">{words.filter}</Button>
          {(action || actor || target || from || to) && (
            <ButtonLink variant="ghost" href={path}>
              {words.clear}
            </ButtonLink>
          )}
        </div>
      </form>
    </search>
  );
}
