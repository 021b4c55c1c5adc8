import type { Template } from './agent';

/** `ubuntu-24.04` is what the SDK asks for when nobody names one. */
const NAMES = ['base', 'code-interpreter', 'ubuntu-24.04'];

/** Templates that everybody sees. All are the same: a folder of this machine. */
export function builtInTemplates(): Template[] {
  return NAMES.map((name) => ({ name, cpu: 1, memoryMb: 1_024, sizeBytes: 0, owner: '' }));
}
