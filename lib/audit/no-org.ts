/** The stream of what concerns no org that is known: refused credentials. Read by the `pandastack` command alone. */
export const NO_ORG = '00000000-0000-0000-0000-000000000000';

/** Whether a text names an org by its id. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
