// Speech becomes text by the site's recognition, where one is there; without it the pages say so and typing remains.
import type { Ctx } from '../../../kernel/ctx.ts'
import { defineErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { definePort } from '../../../kernel/port.ts'
import type * as contract from './assist-contract.ts'

const assistFail = defineErrors('intake', { speechOff: { status: 409, title: '语音识别没有开通，请打字，或使用手机键盘上的话筒' } })

/** The site's speech recognition: text and confidence of an uploaded recording that belongs to the actor. Without one the pages say so. */
export const speechToText = definePort<(ctx: Ctx, recording: { fileId: string }) => Promise<{ text: string; confidence: number }>>('intake.speechToText')

export async function transcribe(ctx: Ctx, input: Input<typeof contract.speechRoute>): Promise<Output<typeof contract.speechRoute>> {
  const engine = speechToText.all()[0]
  if (!engine) throw assistFail('speechOff', { rule: 'intake.speechToText' })
  return engine(ctx, input)
}
