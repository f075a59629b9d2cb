// What one answers to those who watch or ask: an urge, a supervision task, an instruction, a request for one. Each is words, some with photos.
import { TextArea } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import type { RequestOptions } from '../../api/http.ts'
import { call } from '../../api/call.ts'
import type { OrderDetail } from '../kept.ts'
import { t } from '../texts.zh-CN.ts'
import { ActFrame, Photos, waitingFiles } from './parts.tsx'
import { sentIds, usePhotos } from './photos.ts'
import { useAct } from './use-act.ts'

type Answer = { limit: number; files: boolean; send: (id: string, content: string, fileIds: string[], options: RequestOptions) => Promise<unknown> }
export const answers = {
  answerUrge: { limit: 1000, files: true, send: (id, content, fileIds, options) => call('answerUrge', { id, content, fileIds }, options) },
  replyTask: { limit: 2000, files: true, send: (id, content, fileIds, options) => call('replySupervisionTask', { id, content, fileIds }, options) },
  progressTask: { limit: 2000, files: true, send: (id, content, fileIds, options) => call('progressSupervisionTask', { id, content, fileIds }, options) },
  reportInstruction: { limit: 2000, files: false, send: (id, content, _fileIds, options) => call('reportInstruction', { id, content }, options) },
  // without units named the words go to those who handle the order
  answerRequest: { limit: 1000, files: false, send: (id, text, _fileIds, options) => call('answerInstructionRequest', { id, text }, options) },
  declineRequest: { limit: 1000, files: false, send: (id, opinion, _fileIds, options) => call('referInstruction', { id, outcome: 'return', opinion }, options) },
  passRequest: { limit: 1000, files: false, send: (id, opinion, _fileIds, options) => call('referInstruction', { id, outcome: 'passUp', opinion }, options) },
} satisfies Record<string, Answer>
export type AnswerName = keyof typeof answers
export const isAnswer = (act: string): act is AnswerName => act in answers

export function AnswerForm({ order, name, target }: { order: Pick<OrderDetail, 'number' | 'title'>; name: AnswerName; target: string }): ReactElement {
  const { limit, files, send }: Answer = answers[name]
  const label = t(`act.${name}`)
  const key = `${name}:${target}`
  const photos = usePhotos(`${key}:photos`, 'order')
  const act = useAct(key, { content: '' }, { label, number: order.number, after: () => photos?.clear() })
  const submit = () => {
    const ids = files ? sentIds(photos) : []
    act.submit({ ...(act.value.content.trim() ? {} : { content: t('form.required', { name: t('answer.content') }) }), ...(files ? waitingFiles(photos, ids) : {}) }, (options) => send(target, act.value.content.trim(), ids ?? [], options))
  }
  return (
    <ActFrame title={label} number={order.number} subject={order.title} act={act} onSubmit={submit}>
      <TextArea name="content" label={t('answer.content')} rows={6} limit={limit} value={act.value.content} onValue={(content) => act.set({ content })} error={act.errors.content} />
      {files ? <Photos queue={photos} label={t('answer.files')} error={act.errors.fileIds} onChanged={() => act.clear('fileIds')} /> : null}
    </ActFrame>
  )
}
