import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const place = { tenantId: id.optional(), unitId: id.optional() }
const key = z.object({ key: z.string().regex(/^[\w.-]{1,80}$/) })
const read = { audience: 'staff', access: { permission: 'platform.readSettings' } } as const
const manage = { audience: 'staff', access: { permission: 'platform.manageSettings' } } as const
const step = z.object({ level: z.enum(['unit', 'tenant', 'fallback']), name: z.string(), tenantId: id.nullable(), unitId: id.nullable(), value: z.unknown(), here: z.boolean() })
const item = z.object({
  key: z.string(), label: z.string(), help: z.string().nullable(), group: z.string(), scope: z.enum(['platform', 'tenant', 'unit']), value: z.unknown(), fallback: z.unknown(),
  origin: z.object({ level: z.enum(['unit', 'tenant', 'fallback']), name: z.string(), tenantId: id.nullable(), unitId: id.nullable() }),
  /** Version of the value set at this very place; 0 for none. Send it back with a change. */
  version: z.int(), settable: z.boolean(),
  /** Name of the tenant above that has locked it; and whether this tenant has locked it for those below. */
  lockedBy: z.string().nullable(), locksBelow: z.boolean(), schema: z.record(z.string(), z.unknown()),
})

export const listSettings = describeRoute({
  ...read, id: 'listSettings', method: 'GET', path: '/api/admin/settings', summary: '参数', query: z.object({ ...place, query: z.string().trim().max(40).optional() }),
  response: z.object({ items: z.array(item) }),
})
export const getSetting = describeRoute({
  ...read, id: 'getSetting', method: 'GET', path: '/api/admin/settings/:key', summary: '参数', params: key, query: z.object(place),
  response: item.extend({
    /** From the most specific place to the declared fallback. */
    chain: z.array(step),
    history: z.array(z.object({ id, at: instant, by: z.string(), unitId: id.nullable(), old: z.unknown(), new: z.unknown(), reason: z.string().nullable(), undoable: z.boolean() })),
  }),
})
export const changeSetting = describeRoute({
  ...manage, id: 'changeSetting', method: 'PUT', path: '/api/admin/settings/:key', summary: '设置参数', params: key,
  body: z.strictObject({ ...place, value: z.unknown(), version: z.int(), reason: z.string().trim().max(200).optional() }), response: z.object({ version: z.int() }),
})
export const lockSetting = describeRoute({
  ...manage, id: 'lockSetting', method: 'PUT', path: '/api/admin/settings/:key/lock', summary: '锁定或放开下级参数', params: key,
  body: z.strictObject({ tenantId: id.optional(), locked: z.boolean(), reason: z.string().trim().min(1, '请填写原因').max(200) }), response: z.object({}),
})
export const clearSetting = describeRoute({
  ...manage, id: 'clearSetting', method: 'POST', path: '/api/admin/settings/:key/clear', summary: '恢复继承', params: key,
  body: z.strictObject({ ...place, reason: z.string().trim().max(200).optional() }), response: z.object({}),
})
export const planSetting = describeRoute({
  ...manage, id: 'planSetting', method: 'POST', path: '/api/admin/settings/:key/plan', summary: '计划参数变更', params: key,
  body: z.strictObject({ ...place, value: z.unknown(), effectiveAt: instant, reason: z.string().trim().max(200).optional() }), response: z.object({ id }),
})
export const listPlannedSettings = describeRoute({
  ...read, id: 'listPlannedSettings', method: 'GET', path: '/api/admin/planned-settings', summary: '计划中的参数变更',
  response: z.object({
    items: z.array(z.object({ id, key: z.string(), label: z.string(), value: z.unknown(), effectiveAt: instant, reason: z.string().nullable(), state: z.enum(['planned', 'applied', 'cancelled', 'failed']), error: z.string().nullable(), by: z.string(), createdAt: instant, tenantName: z.string(), unitName: z.string().nullable() })),
  }),
})
export const cancelPlannedSetting = describeRoute({ ...manage, id: 'cancelPlannedSetting', method: 'POST', path: '/api/admin/planned-settings/:id/cancel', summary: '取消计划的参数变更', params: z.object({ id }), response: z.object({}) })
export const undoSetting = describeRoute({
  ...manage, id: 'undoSetting', method: 'POST', path: '/api/admin/settings/:key/undo', summary: '撤销更改', params: key,
  body: z.strictObject({ tenantId: id.optional(), changeId: id }), response: z.object({}),
})
