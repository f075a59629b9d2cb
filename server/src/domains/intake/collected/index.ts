// Orders that units collect by numbers and windows of their own: the same service and checks as every channel (INT-23).
import { z } from 'zod'
import { authorize } from '../../../kernel/access.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import { AppError, kernelErrors } from '../../../kernel/errors.ts'
import { bind, type Input, type Output } from '../../../kernel/http/route.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { collectedByUnit, createOrder } from '../../orders/index.ts'
import { definePart, setting, unitById } from '../../platform/index.ts'
import { openChannel } from '../channels/channel-register.ts'
import * as contract from './collected-contract.ts'

const collectedRoute = defineSetting<'centre' | 'unit'>({ key: 'selfCollected.route', label: '单位自采件的流转', help: 'centre：进入中心审核、派发；unit：直接由采集单位办理', schema: z.enum(['centre', 'unit']), fallback: 'centre', scope: 'unit' })

async function ownUnit(ctx: Ctx): Promise<{ id: string; name: string }> {
  const id = ctx.actor.unitIds[0]
  if (!id) throw kernelErrors('forbidden', { rule: 'intake.collect', params: { permission: '单位自采' } })
  return unitById(ctx, id)
}

async function options(ctx: Ctx): Promise<Output<typeof contract.collectedOptions>> {
  authorize(ctx, 'intake.collect')
  const unit = await ownUnit(ctx)
  const closed = await openChannel(ctx, 'unit').then(() => null, (error: unknown) => (error instanceof AppError ? error.title : ''))
  return { open: closed === null, notice: closed, stays: (await setting(ctx, collectedRoute, unit.id)) === 'unit', unitName: unit.name }
}

/** Channel, unit and its number stand on the order. @throws as the channel does while it is switched off */
async function register(ctx: Ctx, input: Input<typeof contract.registerCollected>): Promise<Output<typeof contract.registerCollected>> {
  authorize(ctx, 'intake.collect')
  await openChannel(ctx, 'unit')
  const unit = await ownUnit(ctx)
  const stays = (await setting(ctx, collectedRoute, unit.id)) === 'unit'
  const order = await createOrder(ctx, {
    channel: 'unit', appealType: input.appealType, ...(input.matterId ? { matterId: input.matterId } : {}), title: input.title, content: input.content, areaCode: input.areaCode, ...(input.address ? { address: input.address } : {}), fileIds: input.fileIds, requesterCount: 1, urgency: 'normal', confidential: false,
    callbackWanted: input.callbackManner !== 'none', callbackManner: input.callbackManner, requester: { subjectKind: 'person', anonymous: false, name: input.name, ...(input.phone ? { phone: input.phone } : {}), otherPhones: [] }, extra: { collectedUnit: unit.name, collectedLine: input.line }, remarks: `${unit.name}（${input.line}）自采`,
  })
  await collectedByUnit(ctx, order.id, { unitId: unit.id, stay: stays, opinion: '单位自采件，由采集单位办理' })
  return { id: order.id, number: order.number, stays }
}

export const part = definePart({
  permissions: { 'intake.collect': '登记单位自采件' },
  roles: { handler: { 'intake.collect': 'unit' }, unitLeader: { 'intake.collect': 'unit' } },
  settings: [collectedRoute],
  routes: [bind(contract.collectedOptions, options), bind(contract.registerCollected, register)],
})
