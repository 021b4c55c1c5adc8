'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { toastRefusal } from '@/app/orgs/_parts/toast-refusal';
import * as words from '@/messages/sandbox-files';
import { RowButton } from '../../../_parts/row-button';
import { downloadFile, type FilePlace } from './file-api';
import { nameOf } from './place';

export function DownloadEntry({ place }: { place: FilePlace }) {
  const [pending, setPending] = useState(false);

  async function download() {
    setPending(true);
    try {
      await downloadFile(place);
    } catch (thrown) {
      toastRefusal(thrown);
    } finally {
      setPending(false);
    }
  }

  return (
    <RowButton
      label={words.downloadLabel(nameOf(place.path))}
      icon={<Download />}
      pending={pending}
      onClick={() => void download()}
    >
      {words.download}
    </RowButton>
  );
}
