/** A rule in words, and what became of it; `open` rules were not reached. */
export interface JudgedRule {
  rule: string;
  state: 'passed' | 'failed' | 'open';
}

/** The first rule that did not pass failed, and those behind it were not reached. */
export function inOrder(rules: readonly string[], passed: ReadonlySet<string>): JudgedRule[] {
  const failed = rules.findIndex((rule) => !passed.has(rule));
  return rules.map((rule, index) => ({ rule, state: passed.has(rule) ? 'passed' : index === failed ? 'failed' : 'open' }));
}
