'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button, type ButtonProps } from '@/app/_ui/button';
import { ButtonLink } from '@/app/_ui/button-link';
import { CopyButton } from '@/app/_ui/copy-button';
import { CopyField } from '@/app/_ui/copy-field';
import { Field } from '@/app/_ui/field';
import { Form } from '@/app/_ui/form';
import { Input } from '@/app/_ui/input';
import { PlainLink } from '@/app/_ui/plain-link';
import { Select } from '@/app/_ui/select';
import { TextArea } from '@/app/_ui/text-area';
import { TextLink } from '@/app/_ui/text-link';
import { ThemeToggle } from '@/app/_ui/theme-toggle';
import { toast } from '@/app/_ui/toast';
import { LONG, Row, Specimen } from './specimen';

const VARIANTS = ['primary', 'secondary', 'danger', 'ghost'] as const;
const SIZES = ['sm', 'md', 'lg'] as const;
const nothing = () => {};

/** What one presses, types in and picks from. */
export function Controls() {
  return (
    <>
      <Specimen title="Button, ButtonLink" note="Hover, press, and Tab to it for the ring.">
        {SIZES.map((size) => (
          <Buttons key={size} size={size} />
        ))}
        <Buttons pending />
        <Buttons disabled />
        <Row>
          <Button size="icon" aria-label="Add">
            <Plus aria-hidden="true" />
          </Button>
          <Button size="icon-sm" variant="ghost" aria-label="Add">
            <Plus aria-hidden="true" />
          </Button>
          <ButtonLink href="/gallery">A link</ButtonLink>
          <ButtonLink href="/gallery" variant="primary" size="sm">
            A link
          </ButtonLink>
        </Row>
      </Specimen>
      <Specimen title="CopyButton, CopyField" note="Press for “Copied”.">
        <Row>
          <CopyButton value="abc" label="Copy the id" />
          <CopyButton value="abc" label="Copy the id">
            Copy
          </CopyButton>
          <CopyButton value="abc" label="Copy the id" disabled />
        </Row>
        <CopyField value="org_01J9ZK" label="Copy the id" className="w-full" />
        <CopyField value={LONG} label="Copy the address" className="w-full" />
      </Specimen>
      <Specimen title="Field, Input, Select, TextArea">
        <Fields />
      </Specimen>
      <Specimen title="Form" note="Press Enter in the field: the browser does not leave the page.">
        <Sent />
      </Specimen>
      <Specimen title="TextLink, ThemeToggle">
        <p>
          A sentence with <TextLink href="/gallery">a link</TextLink> in it.
        </p>
        <ThemeToggle />
      </Specimen>
    </>
  );
}

function Buttons(props: Pick<ButtonProps, 'size' | 'pending' | 'disabled'>) {
  return (
    <Row>
      {VARIANTS.map((variant) => (
        <Button key={variant} variant={variant} onClick={nothing} {...props}>
          {variant}
        </Button>
      ))}
    </Row>
  );
}

const OPTIONS = [
  { value: 'a', label: 'One' },
  { value: 'b', label: LONG },
  { value: 'c', label: 'Not now', disabled: true },
];

function Fields() {
  const [text, setText] = useState('');
  const [choice, setChoice] = useState('a');
  const [lines, setLines] = useState('a=1\nb=2');
  return (
    <div className="grid w-full gap-4 sm:grid-cols-2">
      <Field label="Empty" placeholder="Placeholder" hint="A hint." value={text} onValue={setText} />
      <Field label="With an aside" aside={<PlainLink href="/gallery">Forgot it?</PlainLink>} defaultValue="Typed" />
      <Field label="Wrong" error="The name is taken" defaultValue="acme" />
      <Field label="Disabled" disabled defaultValue="Nothing to do" />
      <Field label="Long" defaultValue={LONG} />
      <Field label="Select">
        <Select options={OPTIONS} value={choice} onValue={setChoice} />
      </Field>
      <Field label="Select, wrong" error="Choose another">
        <Select options={OPTIONS} defaultValue="b" />
      </Field>
      <Field label="Select, disabled">
        <Select options={OPTIONS} disabled />
      </Field>
      <Field label="Several lines" hint="One each.">
        <TextArea rows={3} value={lines} onValue={setLines} />
      </Field>
      <Field label="Several lines, wrong" error="The second is no name">
        <TextArea rows={3} defaultValue={LONG} onValue={nothing} />
      </Field>
      <Input aria-label="Alone" type="search" placeholder="Alone" />
    </div>
  );
}

function Sent() {
  return (
    <Form onSubmit={() => toast.success('Sent')} className="flex w-full items-end gap-2">
      <Input aria-label="Word" placeholder="Word" />
      <Button type="submit" variant="primary">
        Send
      </Button>
    </Form>
  );
}
