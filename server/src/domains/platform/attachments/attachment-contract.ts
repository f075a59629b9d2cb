import { z } from 'zod'
import { empty, flag, id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

export const fileInfo = z.object({
  id,
  name: z.string(),
  type: z.string(),
  size: z.number().int(),
  place: z.string(),
  audience: z.enum(['staff', 'public']),
  uploadedByName: z.string(),
  createdAt: instant,
})
export type FileInfo = z.output<typeof fileInfo>

const place = z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/, '位置代码不正确')
const body = z.object({ file: z.string().describe('文件内容，multipart/form-data') })
const tag = 'attachments'

export const uploadAttachment = describeRoute({
  id: 'uploadAttachment', method: 'POST', path: '/api/attachments', summary: '上传附件', audience: 'staff', access: 'signedIn', tag, raw: 'upload', limit: 120,
  query: z.object({ place: place.default('default') }), body, response: fileInfo,
})
export const uploadPublicAttachment = describeRoute({
  id: 'uploadPublicAttachment', method: 'POST', path: '/api/public/attachments', summary: '公众上传附件', audience: 'public', access: 'everybody', tag, raw: 'upload', limit: 30,
  query: z.object({ place: z.enum(['registration', 'supplement', 'evaluation', 'chat']).default('registration') }), body, response: fileInfo,
})
export const openAttachment = describeRoute({
  id: 'openAttachment', method: 'GET', path: '/api/attachments/:id', summary: '查看或下载附件', audience: 'staff', access: 'signedIn', tag, raw: 'download',
  params: z.object({ id }), query: z.object({ download: flag.optional() }), response: empty,
})
export const openPublicAttachment = describeRoute({
  id: 'openPublicAttachment', method: 'GET', path: '/api/public/attachments/:id', summary: '公众查看附件', audience: 'public', access: 'everybody', tag, raw: 'download',
  params: z.object({ id }), query: z.object({ download: flag.optional() }), response: empty,
})
export const deleteAttachment = describeRoute({
  id: 'deleteAttachment', method: 'DELETE', path: '/api/attachments/:id', summary: '删除附件', audience: 'staff', access: 'signedIn', tag, params: z.object({ id }), response: empty,
})
export const deletePublicAttachment = describeRoute({
  id: 'deletePublicAttachment', method: 'DELETE', path: '/api/public/attachments/:id', summary: '公众删除未提交的附件', audience: 'public', access: 'signedIn', tag, params: z.object({ id }), response: empty,
})
