import { z } from 'zod'
import { id } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'
import { document } from '../document.ts'

export const readDocument = describeRoute({
  id: 'readKnowledgeDocument', method: 'POST', path: '/api/knowledge/documents/read', summary: '读取文件正文', audience: 'staff', access: { permission: 'knowledge.edit' }, audit: false, limit: 30,
  /** An own upload; a web page, which is never taken as an upload, comes with the request. */
  body: z.union([z.strictObject({ fileId: id }), z.strictObject({ name: z.string().max(200).regex(/\.html?$/i, '网页文件'), content: z.base64().max(1_900_000) })]),
  response: z.object({ title: z.string(), body: document }),
})
