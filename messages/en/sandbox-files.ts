import { plural } from '../plural';

export const title = 'Files of a sandbox';
export const path = 'Path';

export const folderLabel = (name: string) => `Folder ${name}`;
export const emptyTitle = 'Nothing here';
export const emptyText = 'Drop files here, or upload them.';
export const tableLabel = 'Files';
export const name = 'Name';
export const size = 'Size';
export const changed = 'Changed';

export const upload = 'Upload';
export const uploadLabel = 'Files to upload';
export const uploading = (file: string) => `Uploading ${file}`;
export const uploaded = (file: string) => `${file} is there`;
export const uploadedMany = (count: number) => plural(count, { one: '# file is there', other: '# files are there' });
export const uploadProblem = (file: string, problem: string) => `${file}: ${problem}`;

export const download = 'Download';
export const downloadLabel = (file: string) => `Download ${file}`;

export const remove = 'Delete';
export const removeLabel = (entry: string) => `Delete ${entry}`;
export const removeTitle = (entry: string) => `Delete ${entry}?`;
export const removeFileHint = 'This cannot be undone.';
export const removeFolderHint = 'With all that is in it. This cannot be undone.';
export const removed = (entry: string) => `${entry} was deleted`;

export const fileLabel = 'File';
export const copyText = 'Copy the text';
export const notShown = 'Not shown here';
export const isFolder = 'It is a folder.';
export const isLarge = 'It is larger than 1 MiB. Download it instead.';
export const isNoText = 'It is no text. Download it instead.';
