import { rmSync } from 'node:fs';
import { DATA_DIR } from './stack';

// Every run begins with an empty machine; then it is `npm start` itself.
rmSync(DATA_DIR, { recursive: true, force: true });
await import('../../dev/start');
