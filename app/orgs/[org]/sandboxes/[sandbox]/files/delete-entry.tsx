'use client';

import { Trash2 } from 'lucide-react';
import { ConfirmDialog } from '@/app/_ui/confirm-dialog';
import { toast } from '@/app/_ui/toast';
import * as words from '@/messages/sandbox-files';
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
    toast.success(words.removed(name));
    onDeleted();
  }

  return (
    <ConfirmDialog
      trigger={
        <RowButton label={words.removeLabel(name)} icon={<Trash2 />}>
          {words.remove}
        </RowButton>
      }
      title={words.removeTitle(name)}
      description={isFolder ? words.removeFolderHint : words.removeFileHint}
      confirmLabel={words.remove}
      onConfirm={remove}
    />
  );
}
