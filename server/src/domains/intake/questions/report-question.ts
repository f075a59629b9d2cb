import { kernelErrors } from '../../../kernel/errors.ts'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { addPublicReport } from '../../knowledge/index.ts'
import { setting } from '../../platform/index.ts'
import { requireCaptcha } from '../captcha/captcha.ts'
import { reportCaptcha } from '../settings.ts'
import { admit } from '../throttle.ts'
import type * as contract from './question-contract.ts'
import { openQuestion } from './question-sources.ts'

/** About an answer or about what is missing: settled where reports of staff are (KNO-25). Who is signed in needs no captcha and is told the result in his message centre. */
export async function reportQuestion(ctx: Ctx, input: Input<typeof contract.reportQuestionRoute>): Promise<Output<typeof contract.reportQuestionRoute>> {
  if (ctx.actor.kind !== 'citizen' && (await setting(ctx, reportCaptcha))) {
    if (!input.captcha) throw kernelErrors('invalid', { fields: [{ path: 'captcha.answer', message: '请填写验证码' }] })
    await requireCaptcha(ctx, input.captcha)
  }
  await admit(ctx, { kind: 'reportAddress', value: ctx.ip ?? '', max: 20, minutes: 60 * 24 })
  const question = input.id ? await openQuestion(ctx, input.id) : null
  if (input.id && !question) throw kernelErrors('notFound')
  const itemId = input.id?.startsWith('kno:') ? input.id.slice(4) : null
  const { number, code } = await addPublicReport(ctx, { kind: input.kind, text: input.text, itemId, sourceLabel: (question?.title ?? input.query).slice(0, 120), accountId: ctx.actor.kind === 'citizen' ? ctx.actor.id : null })
  return { number, code }
}
