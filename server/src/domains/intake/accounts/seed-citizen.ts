// A person of the public for a demonstration, signed in by nobody: his account, and the actor he would be.
import type { Actor, Ctx } from '../../../kernel/ctx.ts'
import { intakeFail } from '../intake.errors.ts'
import { accountFor, phoneHashOf } from './account.queries.ts'

export async function seedCitizen(ctx: Ctx, phone: string): Promise<Actor> {
  const hash = phoneHashOf(ctx, phone)
  if (hash === null) throw intakeFail('orderUnknown')
  const { account } = await accountFor(ctx, phone, hash)
  return { kind: 'citizen', id: account.id, name: '诉求人', tenantId: ctx.tenantId, sessionId: null, unitIds: [], unitName: null, areaCode: null, tenantIds: [ctx.tenantId], grants: new Map(), phoneHash: hash }
}
