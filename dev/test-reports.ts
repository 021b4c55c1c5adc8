import { readFileSync } from 'node:fs';

export interface Counts {
  passed: number;
  failed: number;
  /** What failed and why, told again at the very end: a log is long, and only its end is sure to be read. */
  causes?: string[];
}

/** Throws when the report was not written. */
export function vitestCounts(file: string): Counts {
  const report: {
    numPassedTests: number;
    numFailedTests: number;
    numFailedTestSuites: number;
    testResults: { message?: string; assertionResults: { status: string; fullName: string; failureMessages?: string[] }[] }[];
  } = JSON.parse(readFileSync(file, 'utf8'));
  const failed = report.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages = [] }) => `${fullName}\n${shortened(failureMessages.join('\n'))}`);
  const notRun = report.testResults.flatMap(({ message }) => (message ? [shortened(message)] : []));
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests || report.numFailedTestSuites,
    causes: [...failed, ...notRun],
  };
}

interface BrowserSuite {
  suites?: BrowserSuite[];
  specs?: { title: string; tests: { results: BrowserResult[] }[] }[];
}
interface BrowserResult {
  status: string;
  error?: { message?: string };
  attachments: { name: string; path?: string }[];
}

/** Throws when the report was not written. */
export function playwrightCounts(file: string): Counts {
  const { stats, suites }: { stats: { expected: number; unexpected: number }; suites: BrowserSuite[] } = JSON.parse(
    readFileSync(file, 'utf8'),
  );
  return { passed: stats.expected, failed: stats.unexpected, causes: suites.flatMap(browserCauses) };
}

function browserCauses({ suites = [], specs = [] }: BrowserSuite): string[] {
  const here = specs.flatMap(({ title, tests }) =>
    tests
      .flatMap(({ results }) => results)
      .filter(({ status }) => status === 'failed' || status === 'timedOut')
      .map((result) => `${title}\n${shortened(result.error?.message ?? result.status)}\n${pageOf(result)}`),
  );
  return [...here, ...suites.flatMap(browserCauses)];
}

/** What the page showed when the test gave up, as Playwright wrote it down. */
function pageOf({ attachments }: BrowserResult): string {
  const path = attachments.find(({ name }) => name === 'error-context')?.path;
  if (!path) return '';
  const page = /# Page snapshot\s+```yaml\n([\s\S]*?)```/.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
  return shortened(page.replace(/ \[(ref|cursor)=[^\]]*\]/g, ''), 60);
}

function shortened(text: string, lines = 25): string {
  return text.split('\n').slice(0, lines).join('\n');
}
