// State and reply for who knows number and enquiry code; an unknown number and a wrong code answer alike, and guessing is counted.
import type { Ctx } from '../../../kernel/ctx.ts'
import { KeptRefusal } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { setting } from '../../platform/index.ts'
import { intakeFail } from '../intake.errors.ts'
import { enquiryLimit } from '../settings.ts'
import { admit } from '../throttle.ts'
import { orderByEnquiry, publicOrder } from '../../orders/index.ts'
import { publicReportByCode } from '../../knowledge/index.ts'
import type * as contract from './own-contract.ts'
import { reportSteps } from './own.zh-CN.ts'

/** Guesses of one order's code from all addresses together, as a multiple of those from one. */
const FROM_EVERYWHERE = 20

export async function queryByNumberAndCode(ctx: Ctx, input: Input<typeof contract.queryByCode>): Promise<Output<typeof contract.queryByCode>> {
  const number = input.number.replace(/\s/g, '')
  const limit = await setting(ctx, enquiryLimit)
  // By number and address: whoever guesses shuts himself out and not the order's owner. By number alone far later, against guessing from many addresses.
  await admit(ctx, { kind: 'queryPair', value: `${number} ${ctx.ip ?? ''}`, max: limit.numberPerHour, minutes: 60 })
  await admit(ctx, { kind: 'queryNumber', value: number, max: limit.numberPerHour * FROM_EVERYWHERE, minutes: 60 })
  await admit(ctx, { kind: 'queryAddress', value: ctx.ip ?? '', max: limit.addressPerHour, minutes: 60 })
  if (/^C\d/i.test(number)) return reportAnswer(ctx, number, input.code)
  const order = await orderByEnquiry(ctx, number, input.code)
  if (!order) throw new KeptRefusal(intakeFail('codeUnknown'))
  const { title, state, stateName, registeredAt, closedAt, unitName, reply, steps } = await publicOrder(ctx, order)
  return { number: order.number, title, state, stateName, registeredAt, closedAt, unitName, reply, steps }
}

/** A report of an error in public knowledge (KNO-25), in the shape of an order's progress. */
async function reportAnswer(ctx: Ctx, number: string, code: string): Promise<Output<typeof contract.queryByCode>> {
  const report = await publicReportByCode(ctx, number, code)
  if (!report) throw new KeptRefusal(intakeFail('codeUnknown'))
  const place = ['open', 'working', 'closed'].indexOf(report.state)
  const steps = reportSteps.map(({ state, name, text }, i) => ({ state, name, text, at: [report.reportedAt, report.forwardedAt, report.closedAt][i] ?? null, done: i < place || report.state === 'closed', current: i === place }))
  return { number: report.number, title: report.title, state: reportSteps[place]?.state ?? 'accepted', stateName: reportSteps[place]?.name ?? '', registeredAt: report.reportedAt, closedAt: report.closedAt, unitName: null, reply: report.reply, steps }
}
