'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { toast } from '@/app/_ui/toast';
import { asApiError } from '@/lib/api-client/api-error';
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
      const { message, hint } = asApiError(thrown);
      toast.error(message, hint === undefined ? {} : { description: hint });
    } finally {
      setPending(false);
    }
  }

  return (
    <RowButton label={`Download ${nameOf(place.path)}`} icon={<Download />} pending={pending} onClick={() => void download()}>
      Download
    </RowButton>
  );
}
