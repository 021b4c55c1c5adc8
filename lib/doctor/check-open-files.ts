import process from 'node:process';
import { type Finding, fine, skipped, trouble } from './finding';

/** A connection of a browser, of the pool and of a fetch is a file each. */
const LEAST_OPEN_FILES = 1_024;

/** How many files this very process may open; Node itself raises the soft limit to the hard one. */
export function checkOpenFiles(): Finding[] {
  const limit = openFilesLimit();
  if (limit === undefined) return [skipped('open-files', 'this system does not say how many files a process may open')];
  if (limit >= LEAST_OPEN_FILES) return [fine('open-files', 'enough files may be open at once')];
  return [
    trouble('open-files', 'warn', {
      seen: `this process may open ${limit} files at once: with more connections than that it takes no new ones`,
      expected: `at least ${LEAST_OPEN_FILES}`,
      fix: 'Raise the limit of open files: ulimit -n, LimitNOFILE= of systemd, or ulimits of the container',
    }),
  ];
}

function openFilesLimit(): number | undefined {
  // Otherwise the report asks the name service, and everything waits. Node's types leave it out.
  Object.assign(process.report, { excludeNetwork: true });
  const { userLimits } = process.report.getReport() as { userLimits?: { open_files?: { soft?: number | string } } };
  const soft = userLimits?.open_files?.soft;
  if (soft === 'unlimited') return Number.POSITIVE_INFINITY;
  return typeof soft === 'number' ? soft : undefined;
}
