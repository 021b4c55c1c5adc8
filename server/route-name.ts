/** `/v1/orgs/:org` as the documentation writes it, `/v1/orgs/{org}`; what is left over of a path is no part of the name. */
export function routeName(pattern: string): string {
  return pattern.replace(/:(\w+)\{[^}]*\}/g, '{$1}').replace(/:(\w+)/g, '{$1}');
}
