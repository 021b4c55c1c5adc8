import type { Template } from '../agent';
import { answer, type Call, Refusal, type Route } from '../http/call';
import { WARNING } from '../options';

export const templateRoutes: Route[] = [
  ['GET', '/templates', list],
  ['GET', '/templates/:name', get],
  ['DELETE', '/templates/:name', remove],
];

export const isTemplateName = (name: string) => /^[a-zA-Z0-9._-]{1,64}$/.test(name);

function present({ name, cpu, memoryMb, sizeBytes, owner }: Template) {
  const meta = { description: WARNING, ...(owner && { owner_workspace: owner }) };
  const rootfs_path = `templates/${name}/rootfs.ext4`;
  return { name, rootfs_path, size_bytes: sizeBytes, cpu, memory_mb: memoryMb, description: WARNING, meta };
}

/** Those of nobody, and one's own: here the operator of the machine sees no more than others. */
const isVisible = ({ owner }: Template, { workspace }: Call) => owner === '' || owner === workspace;

function list(call: Call): void {
  const found = [...call.agent.templates.values()].filter((template) => isVisible(template, call));
  answer(call, 200, found.toSorted((a, b) => a.name.localeCompare(b.name)).map(present));
}

function get(call: Call): void {
  const template = call.agent.templates.get(call.params.name ?? '');
  if (!template || !isVisible(template, call)) throw new Refusal(404, 'not found');
  answer(call, 200, present(template));
}

function remove(call: Call): void {
  const { agent, params, workspace } = call;
  const name = params.name ?? '';
  if (!isTemplateName(name)) throw new Refusal(400, 'invalid name');
  const owner = agent.templates.get(name)?.owner ?? '';
  if (owner === '') throw new Refusal(403, 'public template cannot be deleted');
  if (owner !== workspace) throw new Refusal(403, 'not the template owner');
  agent.templates.delete(name);
  answer(call, 204);
}
