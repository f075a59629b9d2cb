import { z } from 'zod'
import { scopeKinds } from '../../../kernel/ctx.ts'
import { id, instant, localDate } from '../../../kernel/http/codec.ts'
import { describeRoute } from '../../../kernel/http/route.ts'

const read = { audience: 'staff', access: { permission: 'platform.readRoles' } } as const
const own = { audience: 'staff', access: 'signedIn' } as const
const via = z.enum(['grant', 'group', 'delegation'])
const scope = z.enum(scopeKinds)

export const listRightHolders = describeRoute({
  ...read, id: 'listRightHolders', method: 'GET', path: '/api/admin/rights/holders', summary: '权限持有情况',
  /** `on`: as it stood at the end of that day. Either a permission or a role. */
  query: z.object({ tenantId: id.optional(), on: localDate.optional(), permission: z.string().max(80).optional(), roleId: id.optional(), userId: id.optional() }),
  response: z.object({
    items: z.array(z.object({
      userId: id, name: z.string(), staffNo: z.string(), unitName: z.string().nullable(), userState: z.string(), roleId: id, roleName: z.string(), via, viaName: z.string().nullable(), scope: scope.nullable(),
      since: instant, givenBy: z.string(), validTo: localDate.nullable(),
    })),
    more: z.boolean(),
  }),
})
export const listRightChanges = describeRoute({
  ...read, id: 'listRightChanges', method: 'GET', path: '/api/admin/rights/changes', summary: '权限变更记录',
  query: z.object({ tenantId: id.optional(), from: localDate.optional(), to: localDate.optional(), userId: id.optional() }),
  response: z.object({
    items: z.array(z.object({
      at: instant, kind: z.enum(['given', 'ended', 'roleChanged']), userId: id.nullable(), userName: z.string().nullable(), roleName: z.string(), via: via.nullable(), viaName: z.string().nullable(), by: z.string(), reason: z.string().nullable(),
      old: z.array(z.string()), new: z.array(z.string()),
    })),
    more: z.boolean(),
  }),
})

const delegation = z.object({ id, otherName: z.string(), roleName: z.string(), validFrom: localDate, validTo: localDate, reason: z.string(), state: z.enum(['planned', 'inForce', 'over', 'ended']), createdAt: instant })
export const listMyDelegations = describeRoute({
  ...own, id: 'listMyDelegations', method: 'GET', path: '/api/me/delegations', summary: '我的代理授权',
  response: z.object({ given: z.array(delegation), received: z.array(delegation), roles: z.array(z.object({ id, name: z.string() })), maxDays: z.int() }),
})
export const delegateRole = describeRoute({
  ...own, id: 'delegateRole', method: 'POST', path: '/api/me/delegations', summary: '委托代理人',
  body: z.strictObject({ toUserId: id, roleId: id, validFrom: localDate, validTo: localDate, reason: z.string().trim().min(1, '请填写原因').max(200) }), response: z.object({ id }),
})
export const endDelegation = describeRoute({ ...own, id: 'endDelegation', method: 'POST', path: '/api/me/delegations/:id/end', summary: '收回委托', params: z.object({ id }), response: z.object({}) })
