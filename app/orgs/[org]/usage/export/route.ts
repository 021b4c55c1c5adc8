import { csvResponse } from '@/lib/http/csv-response';
import { orgPage } from '@/lib/page/org-page';
import { exportUsage, usageExportName } from '@/lib/usage/export-usage';
import { rangeOf, readUsageChoice } from '../usage-choice';

interface ExportContext {
  params: Promise<{ org: string }>;
}

/** The page's range as a file. A link and no script: the browser writes it to disk as it comes. */
export async function GET(request: Request, { params }: ExportContext): Promise<Response> {
  const access = await orgPage(params, 'usage:read', '/usage');
  const range = rangeOf(readUsageChoice(Object.fromEntries(new URL(request.url).searchParams)));
  return csvResponse(exportUsage(access, range), usageExportName(access, range));
}
