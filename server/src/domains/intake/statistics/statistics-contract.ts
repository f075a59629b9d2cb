// Public figures (INT-21): three figures, three analyses, definitions in plain words; small counts are not shown.
import { z } from 'zod'
import { instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

/** Null: fewer than the least number that is shown; `shown` says so in words. */
const cell = z.object({ name: z.string(), count: z.number().int().nullable(), shown: z.string() })
export const publicStatistics = describeRoute({
  id: 'publicStatistics', method: 'GET', path: '/api/public/statistics', summary: '运行通报', audience: 'public', access: 'everybody', limit: 60,
  response: z.object({
    from: instant, until: instant, suppressBelow: z.number().int(), /** What the site publishes: figures and analyses by code. */ shown: z.array(z.string()),
    figures: z.array(z.object({ code: z.string(), name: z.string(), value: z.string(), base: z.string(), definition: z.string() })),
    hot: z.array(cell), types: z.array(cell), areas: z.array(cell), trend: z.array(z.object({ day: z.string(), received: z.number().int().nullable(), closed: z.number().int().nullable(), shown: z.string() })),
  }),
})
