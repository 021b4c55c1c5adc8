import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { troubleshootingPage } from './troubleshooting-page';

const root = join(import.meta.dirname, '..');
writeFileSync(join(root, 'docs', 'troubleshooting.md'), troubleshootingPage(root));
