'use client';

import { Trash2 } from 'lucide-react';
import { Button } from '@/app/_ui/button';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { Dialog, DialogActions, DialogClose } from '@/app/_ui/dialog';
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '@/app/_ui/menu';
import { LONG, Row, Specimen } from './specimen';

/** What opens over the page. */
export function Overlays() {
  return (
    <>
      <Specimen title="Dialog, DialogActions, DialogClose" note="Press to open; Escape, the backdrop and the cross close it.">
        <Row>
          <Example title="A dialog" description="What it asks for." />
          <Example title={LONG} />
          <Dialog bare title="Bare" trigger={<Button>Bare</Button>}>
            <p className="p-4">Its title is spoken only.</p>
          </Dialog>
        </Row>
      </Specimen>
      <Specimen title="ConfirmDialog">
        <Row>
          <ConfirmDialog
            trigger={<Button variant="danger">Delete</Button>}
            title="Delete it?"
            description="This cannot be undone."
            confirmLabel="Delete"
            onConfirm={async () => {}}
          />
          <ConfirmDialog
            trigger={<Button>Typed, and refused</Button>}
            title="Delete Acme?"
            confirmLabel="Delete"
            typeToConfirm="acme"
            onConfirm={() => Promise.reject(Object.assign(new Error('The server refused'), { hint: 'Try again.' }))}
          />
          <ConfirmDialog
            trigger={<Button>Pending for ever</Button>}
            title="Wait?"
            confirmLabel="Wait"
            tone="primary"
            onConfirm={() => new Promise(() => {})}
          />
          <ConfirmDialog
            trigger={<Button>Not ready</Button>}
            title="Not yet"
            confirmLabel="Go"
            ready={false}
            onConfirm={async () => {}}
          />
        </Row>
      </Specimen>
      <Specimen title="Menu, MenuItem, MenuLabel, MenuSeparator" note="Open it and use the arrow keys.">
        <Menu trigger={<Button>Open the menu</Button>} align="start">
          <MenuLabel>A label</MenuLabel>
          <MenuItem>An item</MenuItem>
          <MenuItem disabled>A disabled item</MenuItem>
          <MenuItem>{LONG}</MenuItem>
          <MenuSeparator />
          <MenuItem tone="danger">
            <Trash2 aria-hidden="true" /> Delete
          </MenuItem>
        </Menu>
      </Specimen>
    </>
  );
}

function Example({ title, description }: { title: string; description?: string }) {
  return (
    <Dialog title={title} {...(description && { description })} trigger={<Button>{title.slice(0, 12)}</Button>}>
      Content
      <DialogActions>
        <DialogClose>
          <Button>Cancel</Button>
        </DialogClose>
        <Button variant="primary">Go</Button>
      </DialogActions>
    </Dialog>
  );
}
