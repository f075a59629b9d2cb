// A citizen calls from the browser: the number is the verified mobile of the account; limits count per number and per address.
import { decrypt } from '../../../kernel/crypto/index.ts'
import { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import { kernelErrors } from '../../../kernel/errors.ts'
import type { Input, RawExchange } from '../../../kernel/http/route.ts'
import { defineSetting } from '../../../kernel/settings.ts'
import { demo, onlyInDemo, setting } from '../../platform/index.ts'
import { citizenTicket, takesWebCalls } from '../../telephony/index.ts'
import { ownAccount, phoneContext } from '../accounts/account.queries.ts'
import { intakeFail } from '../intake.errors.ts'
import { admit } from '../throttle.ts'
import type * as contract from './web-call-contract.ts'

export const webCallOpen = defineSetting({ key: 'portal.webCall', label: '网络电话', help: '公众在门户用浏览器拨打热线；号码为验证过的手机号', schema: z.enum(['demo', 'on', 'off']), fallback: 'demo' as const, scope: 'tenant' })
export const webCallLimit = defineSetting({
  key: 'portal.webCall.limit', label: '网络电话次数上限', help: '同一手机号每小时，同一网络地址每小时',
  schema: z.object({ phonePerHour: z.number().int().min(1), addressPerHour: z.number().int().min(1) }), fallback: { phonePerHour: 10, addressPerHour: 60 }, scope: 'tenant',
})

async function enabled(ctx: Ctx): Promise<boolean> {
  const value = await setting(ctx, webCallOpen)
  return value === 'on' || (value === 'demo' && demo.enabled)
}

export async function webCallState(ctx: Ctx) {
  const on = await enabled(ctx)
  return { enabled: on, open: on && (await takesWebCalls(ctx)), trial: on && demo.enabled }
}

/** @throws intake.webCallOff (404), intake.tooOften (429), kernel.signInRequired, telephony.exchangeDown */
export async function webCallTicket(ctx: Ctx, input: Input<typeof contract.webCallTicket>, raw: RawExchange) {
  if (!(await enabled(ctx))) throw intakeFail('webCallOff')
  const number = await callingNumber(ctx, input, raw)
  const limit = await setting(ctx, webCallLimit)
  await admit(ctx, { kind: 'callPhone', value: number, max: limit.phonePerHour, minutes: 60 })
  await admit(ctx, { kind: 'callAddress', value: ctx.ip ?? '', max: limit.addressPerHour, minutes: 60 })
  return citizenTicket(ctx, number)
}

/** Who is signed in calls from his own number, whatever was sent along; a made-up one is only for trying out on the own machine. */
async function callingNumber(ctx: Ctx, input: Input<typeof contract.webCallTicket>, raw: RawExchange): Promise<string> {
  if (ctx.actor.kind === 'citizen') return decrypt(ctx.keys, (await ownAccount(ctx)).phone_enc, phoneContext)
  if (input.trialNumber === undefined) throw kernelErrors('signInRequired')
  onlyInDemo(raw.request)
  return input.trialNumber
}
