// What somebody may do who found nothing, or something wrong: ask the responsible unit, report a gap or an error.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { say } from '../../ui/notices.ts'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'

type From = { id: string; number?: string; title?: string; matter?: { id: string } | null; areaCode?: string | null }
export const reportKinds = (['wrong', 'outdated', 'contact', 'format', 'gap'] as const).map((value) => ({ const: value, title: t(`report.${value}`) }))

/** Two buttons with their drawers; `words` are what was searched, `order` where from. */
export function useNoHit(words: string, order?: From): ReactElement | null {
  const [doing, setDoing] = useState<'ask' | 'gap' | null>(null)
  const send = useAct('listKnowledgeQuestions', 'listKnowledgeReports')
  if (words === '') return null
  const source = order ? { source: 'order', sourceId: order.id, sourceLabel: order.number ?? order.title ?? '' } : { source: 'search' }
  return (
    <>
      <Button size="small" onClick={() => setDoing('ask')}>{t('ask')}</Button>
      <Button size="small" onClick={() => setDoing('gap')}>{t('gap')}</Button>
      {doing === 'ask' ? <ActDrawer open onClose={() => setDoing(null)} title={t('ask')} submitLabel={t('ask')} notice={t('askHelp')} loaders={orderLoaders} initial={{ title: words.slice(0, 120), matterId: order?.matter?.id, areaCode: order?.areaCode ?? undefined }}
        schema={{ type: 'object', required: ['title'], properties: { title: { type: 'string', title: t('question'), maxLength: 120 }, text: { type: 'string', format: 'textarea', title: t('questionText'), maxLength: 2000 }, matterId: { type: 'string', format: 'matter', title: t('questionMatter'), description: t('questionMatterHelp') }, unitId: { type: 'string', format: 'unit', title: t('questionUnit') }, urgent: { type: 'boolean', title: t('urgent') } } }}
        submit={async (values) => {
          const made = await send('askKnowledgeQuestion', { ...values, ...source, ...(order?.areaCode ? { areaCode: order.areaCode } : {}) })
          say(t('asked', { unit: made.unitName, at: when(made.dueAt) }))
        }} /> : null}
      {doing === 'gap' ? <ReportDrawer close={() => setDoing(null)} initial={{ kind: 'gap', text: words }} more={source} /> : null}
    </>
  )
}

export function ReportDrawer({ close, initial, more }: { close: () => void; initial: { kind: string; text: string }; more: Record<string, unknown> }): ReactElement {
  const send = useAct('listKnowledgeReports')
  return (
    <ActDrawer open onClose={close} title={t('reportTitle')} submitLabel={t('reportTitle')} initial={initial} schema={{ type: 'object', required: ['kind', 'text'], properties: { kind: { type: 'string', title: t('reportKind'), oneOf: reportKinds, 'x-buttons': true }, text: { type: 'string', format: 'textarea', title: t('reportText'), maxLength: 2000 } } }}
      submit={async (values) => {
        const made = await send('reportKnowledge', { ...values, ...more })
        say(t('reported', { number: made.number }))
      }} />
  )
}
