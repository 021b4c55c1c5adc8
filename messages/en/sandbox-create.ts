export const title = 'New sandbox';
export const description = 'It starts on a machine with room, usually within a second.';

export const template = 'Template';
export const templateExample = 'code-interpreter';
export const templatesUnreadable = (why: string) => `The list cannot be read: ${why}.`;
export const noTemplate = 'No machine offers a template yet.';
export const loading = 'Loading…';
export const lifetime = 'Lifetime';
export const metadata = 'Metadata';
export const optional = 'optional';
export const metadataHint = 'One name=value a line.';
export const metadataExample = 'purpose=demo';
export const metadataProblem = (line: string) => `${line} is no name=value`;

export const cancel = 'Cancel';
export const create = 'Create sandbox';
export const created = 'The sandbox runs';
