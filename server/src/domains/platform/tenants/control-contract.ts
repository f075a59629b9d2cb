import { z } from 'zod'
import { id, instant } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const manage = { audience: 'staff', access: { permission: 'platform.manageTenants' } } as const
const params = z.object({ id })
const codes = z.array(z.string().max(80)).max(1000)

export const getTenantControl = describeRoute({
  ...manage, id: 'getTenantControl', method: 'GET', path: '/api/admin/tenants/:id/control', summary: '租户产品与管控', params,
  response: z.object({
    tenantId: id, own: z.boolean(), quota: z.int().nullable(), users: z.int(), version: z.int(), changedAt: instant.nullable(), changedBy: z.string().nullable(),
    modules: z.array(z.object({ code: z.string(), name: z.string(), pack: z.string(), core: z.boolean(), on: z.boolean(), offAbove: z.boolean(), offHere: z.boolean(), offOwn: z.boolean() })),
    barredPermissions: codes, barredRoles: codes, permissions: z.array(z.object({ code: z.string(), name: z.string(), module: z.string() })), roles: z.array(z.object({ code: z.string(), name: z.string() })),
  }),
})
export const changeTenantControl = describeRoute({
  ...manage, id: 'changeTenantControl', method: 'PATCH', path: '/api/admin/tenants/:id/control', summary: '设置租户产品与管控', params,
  body: z.strictObject({ version: z.int(), quota: z.int().min(0).max(1_000_000).nullable().optional(), modulesOff: codes.optional(), ownModulesOff: codes.optional(), barredPermissions: codes.optional(), barredRoles: codes.optional(), reason: z.string().trim().min(1, '请填写原因').max(200) }),
  response: z.object({ version: z.int() }),
})
export const listTenantDifferences = describeRoute({
  ...manage, id: 'listTenantDifferences', method: 'GET', path: '/api/admin/tenants/:id/differences', summary: '与上级的差异', params,
  response: z.object({
    settings: z.array(z.object({ key: z.string(), label: z.string(), own: z.unknown(), inherited: z.unknown(), mode: z.enum(['override', 'locked']), changedAt: instant, changedBy: z.string() })),
    roles: z.array(z.object({ roleId: id, name: z.string(), template: z.string().nullable(), added: z.array(z.string()), removed: z.array(z.string()) })),
  }),
})
