import { z } from 'zod'
import { describeRoute } from '../../../kernel/http/route.ts'
import { searchKinds } from './search-sources.ts'

const item = z.object({ id: z.string(), title: z.string(), hint: z.string().optional(), link: z.string() })

export const searchEverything = describeRoute({
  id: 'searchEverything', method: 'GET', path: '/api/search', summary: '全局搜索', audience: 'staff', access: 'signedIn', tag: 'search', limit: 240,
  query: z.object({ q: z.string().trim().min(1).max(60), kind: z.enum(searchKinds).optional() }),
  response: z.object({ groups: z.array(z.object({ kind: z.enum(searchKinds), label: z.string(), items: z.array(item) })) }),
})
