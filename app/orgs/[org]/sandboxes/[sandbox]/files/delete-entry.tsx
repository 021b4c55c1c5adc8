'use client';

import { Trash2 } from 'lucide-react';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toast';
import { RowButton } from '../../../_parts/row-button';
import { deleteFile, type FilePlace } from './file-api';
import { nameOf } from './place';

interface DeleteEntryProps {
  place: FilePlace;
  isFolder: boolean;
  onDeleted: () => void;
}

export function DeleteEntry({ place, isFolder, onDeleted }: DeleteEntryProps) {
  const name = nameOf(place.path);

  async function remove() {
    await deleteFile(place);
    toast.success(`${name} was deleted`);
    onDeleted();
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={`Delete ${name}`} icon={<Trash2 />}>
          Delete
        </RowButton>
      }
      title={`Delete ${name}?`}
      description={isFolder ? 'With all that is in it. This cannot be undone.' : 'This cannot be undone.'}
      confirmLabel="Delete"
      onConfirm={remove}
    />
  );
}
