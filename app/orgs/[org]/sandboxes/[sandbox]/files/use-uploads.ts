'use client';

import { useState } from 'react';
import { toast } from '@/app/_ui/toast';
import { asApiError } from '@/lib/api-client/api-error';
import * as words from '@/messages/sandbox-files';
import { type FilePlace, writeFile } from './file-api';
import { below } from './place';

/** Puts files into a folder, one after the other; one that is refused does not hold up the rest. */
export function useUploads(place: FilePlace, onDone: () => void) {
  const [uploading, setUploading] = useState<string | null>(null);

  async function upload(files: readonly File[]): Promise<void> {
    if (uploading !== null || files.length === 0) return;
    let done = 0;
    for (const file of files) {
      setUploading(file.name);
      try {
        await writeFile({ ...place, path: below(place.path, file.name) }, file);
        done += 1;
      } catch (thrown) {
        const { message, hint } = asApiError(thrown);
        toast.error(words.uploadProblem(file.name, message), hint === undefined ? {} : { description: hint });
      }
    }
    setUploading(null);
    const only = files.length === 1 ? files[0] : undefined;
    if (done > 0) toast.success(only ? words.uploaded(only.name) : words.uploadedMany(done));
    onDone();
  }

  return { uploading, upload };
}
