import { endpoint } from '@/lib/http/endpoint';
import { openapiDocument } from '@/lib/openapi/openapi-document';

export const GET = endpoint(async () => {
  return new Response(openapiDocument(), { headers: { 'content-type': 'application/json; charset=utf-8' } });
});
