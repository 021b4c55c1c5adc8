/** The stream of what concerns no org that is known: refused credentials. Read by the `pandastack` command alone. */
export const NO_ORG = '00000000-0000-0000-0000-000000000000';
