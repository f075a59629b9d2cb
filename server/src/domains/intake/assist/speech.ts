// Speech becomes text by the site's recognition, where one is there; without it the pages say so and typing remains (INT-08).
import { buffer } from 'node:stream/consumers'
import type { Ctx } from '../../../kernel/ctx.ts'
import { defineErrors } from '../../../kernel/errors.ts'
import type { Input, Output } from '../../../kernel/http/route.ts'
import { fileContent } from '../../platform/index.ts'
import { hearWave, recognises } from '../../telephony/index.ts'
import type * as contract from './assist-contract.ts'

const assistFail = defineErrors('intake', {
  speechOff: { status: 409, title: '语音识别没有开通，请打字，或使用手机键盘上的话筒' },
  speechUnread: { status: 422, title: '这段录音无法识别，请重录或打字' },
  speechAway: { status: 503, title: '语音识别暂时没有应答，请打字，或稍后再试' },
})

/** Text and confidence of a recording that the actor has uploaded: a WAV of one voice, as the portal makes it. */
export async function transcribe(ctx: Ctx, input: Input<typeof contract.speechRoute>): Promise<Output<typeof contract.speechRoute>> {
  if (!recognises()) throw assistFail('speechOff', { rule: 'intake.speech' })
  const file = await fileContent(ctx, input.fileId)
  const bytes = await buffer(await file.open())
  const heard = await hearWave(bytes).catch((error: unknown) => {
    ctx.log.warn({ err: error }, 'the recogniser did not answer a citizen')
    throw assistFail('speechAway', { rule: 'intake.speech' })
  })
  if (heard === null || heard.length === 0) throw assistFail('speechUnread', { rule: 'intake.speech' })
  return { text: heard.map((one) => one.text).join(''), confidence: Math.min(...heard.map((one) => one.confidence)) }
}
