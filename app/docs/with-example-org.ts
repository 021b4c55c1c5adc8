/** The contract with an org of one's own in its examples, so that what is tried out is tried there. */
export function withExampleOrg(contract: string, orgId: string): string {
  const document: { components: { parameters: Record<string, { example?: unknown }> } } = JSON.parse(contract);
  for (const name of ['org', 'XPandastackOrg']) {
    const parameter = document.components.parameters[name];
    if (parameter) parameter.example = orgId;
  }
  return JSON.stringify(document);
}
