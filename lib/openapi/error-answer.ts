import { z } from 'zod';
import { ERROR_CODES } from '@/lib/errors';

/** What every refusal of /v1 looks like (lib/http/error-response.ts writes it). */
export const errorAnswer = z
  .object({
    error: z.string().meta({ description: 'A sentence for a person.' }),
    code: z.enum(ERROR_CODES).meta({ description: 'Stable; for programs.' }),
    hint: z.string().optional().meta({ description: 'What to do next.' }),
    request_id: z.string().meta({ description: 'The x-request-id of the answer: give it to the operator.' }),
    fields: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'What is wrong with the input, field by field.' }),
  })
  .meta({ id: 'Error', description: 'A refusal.' });
