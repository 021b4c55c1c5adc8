import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';

/** Attributes that nobody reads. All others are read, or read aloud. */
const TECHNICAL =
  /^(?:className|base|href|id|key|type|name|htmlFor|role|tone|variant|size|as|rel|target|method|action|accept|autoComplete|inputMode|autoCapitalize|lang|dir|scope|align|side|unit|kind|value|defaultValue|pattern|style|d|viewBox|fill|stroke\w*|x|y|preserveAspectRatio|vectorEffect|xmlns|aria-(?:live|current|haspopup|hidden|orientation|sort|invalid|autocomplete|labelledby|describedby|controls|keyshortcuts)|data-.*|attribute|defaultTheme|way|next|position|transform)$/;
/** What begins with a capital and is no word of ours: keys of a keyboard, names of the platform and of products. */
const NAMES =
  /^(?:Escape|Enter|Tab|Home|End|Delete|Backspace|Arrow\w+|Page(?:Up|Down)|KeyC|AltGraph|CapsLock|Menlo|Liberation Mono|DejaVu Sans Mono|Meta|Control|Alt|Shift|Mac\b.*|(?:Content|Cache|Retry)-\w+|Accept|Authorization|Bearer|(?:\w+ )?\w*Error|Abort\w*|PandaStack|Firecracker|JSON|CSV|UTC|Python|JavaScript)$/;

/** Tests, the API, what only a developer sees, and names of companies. */
const APART = /\.test\.|^app\/(?:gallery|v1)\/|provider-name\.ts$/;

interface Found {
  line: number;
  text: string;
}

/** Texts in a source that a person would read: within elements, in attributes that are read, and whatever begins like a sentence. */
function readableTexts(file: string, source: string): Found[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: Found[] = [];
  const add = (node: ts.Node, text: string) =>
    found.push({ line: tree.getLineAndCharacterOfPosition(node.getStart()).line + 1, text });
  const visit = (node: ts.Node): void => {
    if (isApart(node)) return;
    if (ts.isJsxAttribute(node)) {
      visitAttribute(node);
      return;
    }
    if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) add(node, node.text.trim());
    else if ((ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && isSentence(textOf(node))) add(node, textOf(node));
    ts.forEachChild(node, visit);
  };
  const visitAttribute = (attribute: ts.JsxAttribute): void => {
    const { initializer } = attribute;
    if (!initializer || TECHNICAL.test(attribute.name.getText())) return;
    if (ts.isStringLiteral(initializer) && /\p{L}/u.test(initializer.text)) add(initializer, initializer.text);
    else visit(initializer);
  };
  visit(tree);
  return found;
}

/** Types, imports and directives; what a developer reads in a log; keys of objects. */
function isApart(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return true;
  if (ts.isNewExpression(node) && /Error$/.test(node.expression.getText())) return true;
  return ts.isJsxAttribute(node) && TECHNICAL.test(node.name.getText());
}

function textOf(node: ts.StringLiteralLike | ts.TemplateExpression): string {
  return ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…')
    : node.text;
}

function isSentence(text: string): boolean {
  return (/^\p{Lu}\p{Ll}/u.test(text) || /^\p{L}+(?: \p{Ll}+)+[.:…]$/u.test(text)) && !NAMES.test(text);
}

test('what is read is told from what is not', () => {
  const texts = (source: string) => readableTexts('a.tsx', source).map(({ text }) => text);
  expect(texts('<p className="Big">Hello {name}, <b title="you">dear</b></p>')).toEqual(['Hello', 'you', 'dear']);
  expect(texts("toast.success('Removed ' + name); const a = { label: `Members`, key: 'Enter' };")).toEqual([
    'Removed ',
    'Members',
  ]);
  expect(texts("import a from 'Members'; throw new TypeError('Nobody reads this');")).toEqual([]);
  expect(texts('<Field label={isNew ? "New" : "Old"} type="Password" />')).toEqual(['New', 'Old']);
});

test('every text a person reads in the dashboard is in the catalogue', () => {
  const files = globSync('app/**/*.{ts,tsx}').filter((file) => !APART.test(file));
  expect(files.length).toBeGreaterThan(150);
  const found = files.flatMap((file) =>
    readableTexts(file, readFileSync(file, 'utf8')).map(({ line, text }) => `${file}:${line} ${text}`),
  );
  expect(found).toEqual([]);
});
