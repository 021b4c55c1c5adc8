/**
 * Packages that `dependencies` bring and a build alone uses, under licences that ask more of whoever ships them. None of them is in
 * the built product: e2e/artefact looks.
 */
export const BUILD_ONLY = [/^lightningcss(-|$)/, /^caniuse-lite$/, /^sharp$/, /^@img\//];
