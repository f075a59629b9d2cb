import { z } from 'zod'

export const pathStep = z.object({ name: z.string(), key: z.string().nullable(), outcome: z.string(), at: z.number().int() })
