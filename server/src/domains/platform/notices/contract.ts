import { z } from 'zod'
import { empty, id, instant, pageOf, pageQuery } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const kind = z.enum(['system', 'policy', 'work', 'general'])
const base = { audience: 'staff', tag: 'notices' } as const
const manage = { ...base, access: { permission: 'platform.manageNotices' } } as const

const notice = z.object({
  id, kind, title: z.string(), text: z.string(), mustRead: z.boolean(), shownFrom: instant, shownTo: instant.nullable(), by: z.string(), createdAt: instant, state: z.enum(['planned', 'shown', 'over', 'withdrawn']), readAt: instant.nullable(),
  files: z.array(z.object({ id, name: z.string(), size: z.number(), type: z.string() })),
})
const managed = notice.omit({ readAt: true, files: true }).extend({ unitIds: z.array(id), unitNames: z.array(z.string()), roleCodes: z.array(z.string()), read: z.int(), version: z.int(), withdrawnReason: z.string().nullable() })

export const listNotices = describeRoute({ ...base, id: 'listNotices', method: 'GET', path: '/api/notices', summary: '通知公告', access: 'signedIn', query: pageQuery.extend({ unread: z.stringbool().optional() }), response: pageOf(notice) })
export const readNotice = describeRoute({ ...base, id: 'readNotice', method: 'POST', path: '/api/notices/:id/read', summary: '已阅通知', access: 'signedIn', audit: false, params: z.object({ id }), body: empty, response: empty })
export const listManagedNotices = describeRoute({ ...manage, id: 'listManagedNotices', method: 'GET', path: '/api/admin/notices', summary: '通知公告管理', query: pageQuery, response: pageOf(managed) })
export const publishNotice = describeRoute({
  ...manage, id: 'publishNotice', method: 'POST', path: '/api/admin/notices', summary: '发布通知公告',
  body: z.strictObject({
    kind, title: z.string().trim().min(1).max(100), text: z.string().trim().min(1).max(5000), unitIds: z.array(id).max(200).default([]), roleCodes: z.array(z.string().max(40)).max(30).default([]), mustRead: z.boolean().default(false),
    shownFrom: instant.nullable().default(null), shownTo: instant.nullable().default(null), fileIds: z.array(id).max(20).default([]),
  }),
  response: z.object({ id }),
})
export const withdrawNotice = describeRoute({ ...manage, id: 'withdrawNotice', method: 'POST', path: '/api/admin/notices/:id/withdraw', summary: '撤回通知公告', params: z.object({ id }), body: z.strictObject({ reason: z.string().trim().min(2).max(200) }), response: empty })
export const noticeReaders = describeRoute({
  ...manage, id: 'noticeReaders', method: 'GET', path: '/api/admin/notices/:id/readers', summary: '通知公告阅读情况', params: z.object({ id }),
  response: z.object({ read: z.array(z.object({ name: z.string(), unitName: z.string().nullable(), readAt: instant })), unread: z.array(z.object({ name: z.string(), unitName: z.string().nullable() })), total: z.int() }),
})
