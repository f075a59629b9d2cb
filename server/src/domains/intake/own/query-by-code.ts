// State and reply for who knows number and enquiry code; an unknown number and a wrong code answer alike, and guessing is counted.
import type { Ctx } from '../../../kernel/ctx.ts'
import { KeptRefusal } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { setting } from '../../platform/index.ts'
import { intakeFail } from '../intake.errors.ts'
import { enquiryLimit } from '../settings.ts'
import { admit } from '../throttle.ts'
import { orderByEnquiry, publicOrder } from '../../orders/index.ts'
import type * as contract from './own-contract.ts'

/** Guesses of one order's code from all addresses together, as a multiple of those from one. */
const FROM_EVERYWHERE = 20

export async function queryByNumberAndCode(ctx: Ctx, input: Input<typeof contract.queryByCode>): Promise<Output<typeof contract.queryByCode>> {
  const number = input.number.replace(/\s/g, '')
  const limit = await setting(ctx, enquiryLimit)
  // By number and address: whoever guesses shuts himself out and not the order's owner. By number alone far later, against guessing from many addresses.
  await admit(ctx, { kind: 'queryPair', value: `${number} ${ctx.ip ?? ''}`, max: limit.numberPerHour, minutes: 60 })
  await admit(ctx, { kind: 'queryNumber', value: number, max: limit.numberPerHour * FROM_EVERYWHERE, minutes: 60 })
  await admit(ctx, { kind: 'queryAddress', value: ctx.ip ?? '', max: limit.addressPerHour, minutes: 60 })
  const order = await orderByEnquiry(ctx, number, input.code)
  if (!order) throw new KeptRefusal(intakeFail('codeUnknown'))
  const { title, state, stateName, registeredAt, closedAt, unitName, reply, steps } = await publicOrder(ctx, order)
  return { number: order.number, title, state, stateName, registeredAt, closedAt, unitName, reply, steps }
}
