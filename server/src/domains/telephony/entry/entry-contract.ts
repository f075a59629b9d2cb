// Announcements at the entrance (TEL-10) and emergency modes (TEL-21) as routes.
import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const flows = { permission: 'telephony.flows' } as const
const lead = { permission: 'telephony.force' } as const
const one = z.object({ id })
const text = z.string().trim().min(1, '请填写播报内容').max(500)

const announcement = { name: z.string().trim().min(1, '请填写名称').max(60), text, promptId: id.nullable().default(null), from: instant, until: instant, numbers: z.array(z.string().regex(/^\+?\d{3,15}$/, '号码格式不正确')).max(50).default([]), place: z.number().int().min(0).max(999).default(10) }
export const announcementRow = z.object({ id, ...announcement, promptId: id.nullable(), promptName: z.string().nullable(), state: z.enum(['coming', 'playing', 'over']), stateName: z.string(), version: z.number().int(), updatedAt: instant, changedByName: z.string() })
export const listAnnouncements = describeRoute({ id: 'listAnnouncements', method: 'GET', path: '/api/telephony/announcements', summary: '业务公告', audience: 'staff', access: flows, response: z.object({ items: z.array(announcementRow) }) })
export const addAnnouncement = describeRoute({ id: 'addAnnouncement', method: 'POST', path: '/api/telephony/announcements', summary: '新增业务公告', audience: 'staff', access: flows, body: z.object(announcement), response: announcementRow })
export const changeAnnouncement = describeRoute({ id: 'changeAnnouncement', method: 'PATCH', path: '/api/telephony/announcements/:id', summary: '修改业务公告', audience: 'staff', access: flows, params: one, body: z.object({ ...announcement, version: z.number().int() }), response: announcementRow })
export const removeAnnouncement = describeRoute({ id: 'removeAnnouncement', method: 'DELETE', path: '/api/telephony/announcements/:id', summary: '删除业务公告', audience: 'staff', access: flows, params: one, response: z.object({}) })

export const modeRow = z.object({ id, name: z.string(), text: z.string(), key: z.string().nullable(), numberCount: z.number().int(), queueId: id, queueName: z.string(), from: instant, until: instant, endedAt: instant.nullable(), endedByName: z.string().nullable(), begunByName: z.string(), on: z.boolean(), calls: z.number().int() })
export const listModes = describeRoute({ id: 'listEmergencyModes', method: 'GET', path: '/api/telephony/emergency-modes', summary: '应急模式', audience: 'staff', access: lead, response: z.object({ items: z.array(modeRow) }) })
export const beginMode = describeRoute({
  id: 'beginEmergencyMode', method: 'POST', path: '/api/telephony/emergency-modes', summary: '开启应急模式', audience: 'staff', access: lead,
  body: z.object({ name: z.string().trim().min(1, '请填写事件名称').max(30), text, key: z.string().regex(/^[1-9#]$/, '请填写 1–9 或 #').nullable().default(null), numbers: z.array(z.string().trim().max(40)).max(500).default([]), queueId: id, hours: z.number().min(0.1).max(168) }), response: modeRow,
})
export const endMode = describeRoute({ id: 'endEmergencyMode', method: 'POST', path: '/api/telephony/emergency-modes/:id/end', summary: '结束应急模式', audience: 'staff', access: lead, params: one, response: modeRow })
