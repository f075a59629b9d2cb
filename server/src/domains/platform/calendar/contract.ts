import { z } from 'zod'
import { localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const day = z.object({ date: localDate, kind: z.enum(['holiday', 'workday']), name: z.string().trim().min(1).max(40) })
const manage = { audience: 'staff', access: { permission: 'platform.manageCalendar' } } as const

export const getCalendar = describeRoute({
  id: 'getCalendar', method: 'GET', path: '/api/calendar', summary: '工作日历', audience: 'staff', access: 'signedIn', query: z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() }),
  response: z.object({
    year: z.int(), days: z.array(day), workingHours: z.array(z.object({ from: z.string(), to: z.string() })), timeZone: z.string(), coveredUntil: localDate,
    /** Standing warning while the known holidays end soon or have ended. */
    warning: z.string().nullable(), editable: z.boolean(),
  }),
})
export const saveCalendarDays = describeRoute({
  ...manage, id: 'saveCalendarDays', method: 'PUT', path: '/api/admin/calendar/days', summary: '导入或修改节假日',
  body: z.strictObject({ days: z.array(day).min(1).max(800), remove: z.array(localDate).max(800).default([]), coveredUntil: localDate.optional() }), response: z.object({ changed: z.int() }),
})
export const removeCalendarDay = describeRoute({
  ...manage, id: 'removeCalendarDay', method: 'DELETE', path: '/api/admin/calendar/days/:date', summary: '删除节假日', params: z.object({ date: localDate }), response: z.object({}),
})
export const importShippedYear = describeRoute({
  ...manage, id: 'importShippedYear', method: 'POST', path: '/api/admin/calendar/import', summary: '导入随产品提供的年度节假日', body: z.strictObject({ year: z.int().min(2000).max(2100) }), response: z.object({ changed: z.int() }),
})
