import { productVersion } from '@/lib/health/product-version';

export async function GET(): Promise<Response> {
  return Response.json(productVersion(), { headers: { 'cache-control': 'no-store' } });
}
