// What every reader may do: quote, keep, rate.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useCommand } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { say } from '../../ui/notices.ts'
import { quoteKnowledge, useBasket } from './basket.ts'
import { ReportDrawer } from './no-hit.tsx'
import { t } from './texts.zh-CN.ts'

type Item = OutputOf<'getKnowledgeItem'>

export function ReaderActs({ item }: { item: Item }): ReactElement | null {
  const keep = useCommand('keepKnowledge', { invalidates: ['getKnowledgeItem', 'listKnowledgeFavourites'] })
  const rate = useCommand('rateKnowledge', { invalidates: ['getKnowledgeItem'] })
  const [reporting, setReporting] = useState(false)
  const [sending, setSending] = useState(false)
  const basket = useBasket()
  const held = basket.some((one) => one.itemId === item.id)
  const failed = (error: unknown) => say(asProblem(error).message, 'over')
  const copy = () => void navigator.clipboard.writeText(`${item.citation ?? item.title}${item.content?.summary ? `：${item.content.summary}` : ''}`).then(() => say(t('copied')), () => undefined)
  return (
    <div className="ms-kno-bar">
      {item.usable && item.number !== null ? <Button size="small" type={held ? 'default' : 'primary'} onClick={() => quoteKnowledge({ itemId: item.id, version: item.number ?? 0, title: item.title, citation: item.citation ?? item.title }, !held)}>{held ? t('unquote') : t('quote')}</Button> : null}
      {item.content ? <Button size="small" onClick={copy}>{t('copy')}</Button> : null}
      <Button size="small" aria-pressed={item.favourite !== null} onClick={() => void keep.mutateAsync({ id: item.id, on: item.favourite === null, folder: '' }).then((answer) => say(answer.favourite === null ? t('unkeep') : t('kept')), failed)}>{item.favourite === null ? `☆ ${t('keep')}` : `★ ${t('kept')}`}</Button>
      {item.usable && item.audience === 'public' ? <Button size="small" onClick={() => setSending(true)}>{t('sendSms')}</Button> : null}
      <Button size="small" onClick={() => setReporting(true)}>{t('report')}</Button>
      {item.usable ? ([true, false] as const).map((useful) => <Button key={String(useful)} size="small" type="text" aria-pressed={item.myRating === useful} onClick={() => void rate.mutateAsync({ id: item.id, useful }).then(() => say(t('thanks')), failed)}>{useful ? t('useful') : t('useless')} {useful ? item.useful : item.useless}{item.myRating === useful ? ' ✓' : ''}</Button>) : null}
      {sending ? <ActDrawer open onClose={() => setSending(false)} title={t('sendSms')} sub={item.title} notice={t('sendHelp')} submitLabel={t('sendIt')} schema={{ type: 'object', required: ['phone'], properties: { phone: { type: 'string', title: t('sendPhone'), maxLength: 20 }, part: { type: 'string', format: 'textarea', title: t('sendPart'), maxLength: 300 } } }}
        submit={async (values) => { const done = await call('sendKnowledge', { id: item.id, phone: String(values.phone ?? ''), part: String(values.part ?? '') }); say(t('sentLeft', { n: done.left })) }} /> : null}
      {reporting ? <ReportDrawer close={() => setReporting(false)} initial={{ kind: 'wrong', text: '' }} more={{ itemId: item.id, source: 'item' }} /> : null}
    </div>
  )
}
