// What the machine reads out of an appeal: the feeling with the words it went by, and against whom it is; a person sets names right.
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import type { SlotProps } from '../orders/slots.ts'
import { t } from './texts.zh-CN.ts'

type Subject = OutputOf<'readOrderText'>['subjects'][number]
const tones = { negative: 'over', neutral: 'calm', positive: 'ok' } as const

export default function OrderReading({ order }: SlotProps): ReactElement {
  const read = useQueryOf('readOrderText', { id: order.id }, { staleTime: 60_000 })
  const [editing, setEditing] = useState<Subject | 'new' | null>(null)
  const send = useAct('readOrderText')
  const old = editing === 'new' || editing === null ? null : editing
  return (
    <QueryView query={read}>{(data) => (
      <div className="ms-stack">
        {data.emotion ? (
          <div>
            <span className="ms-row"><Tag tone={tones[data.emotion.polarity]}>{t(`emotion.${data.emotion.polarity}`)}{data.emotion.strength > 0 ? ` · ${t(`strength.${data.emotion.strength as 1 | 2 | 3}`)}` : ''}</Tag>{data.emotion.ironic ? <Tag tone="near">{t('ironic')}</Tag> : null}<span className="ms-hint">{t('confidence', { n: Math.round(data.emotion.confidence * 100) })}</span></span>
            {data.emotion.words.length > 0 ? <div className="ms-hint">{t('emotionWords', { words: data.emotion.words.join('、') })}</div> : null}
          </div>
        ) : null}
        <div>
          <span className="ms-field-label">{t('subjects')}</span>
          {data.subjects.length === 0 ? <div className="ms-hint">{t('subjectsNone')}</div> : <ul className="ms-plain-list">{data.subjects.map((one) => <li key={one.id}><span className="ms-row">{one.name}{one.outOfArea ? <Tag tone="near">{t('outOfArea')}</Tag> : null}{data.mayChange ? <button type="button" className="ms-link-button" onClick={() => setEditing(one)}>{t('correct')}</button> : null}</span><span className="ms-hint">{[one.enterpriseId ? t('linked') : t('unlinked'), one.industry, one.areaName, one.by === 'person' ? t('byPerson') : null, one.raw === one.name ? null : t('rawName', { name: one.raw })].filter(Boolean).join(' · ')}</span></li>)}</ul>}
          {data.mayChange ? <button type="button" className="ms-link-button" onClick={() => setEditing('new')}>{t('addSubject')}</button> : null}
        </div>
        {editing ? <ActDrawer open onClose={() => setEditing(null)} title={old ? t('correct') : t('addSubject')} sub={old?.raw ?? ''} notice={t('subjectHelp')} submitLabel={t('saveIt')} initial={{ name: old?.name ?? '', none: false }}
          schema={{ type: 'object', required: [], properties: { name: { type: 'string', title: t('subjectName'), maxLength: 60 }, ...(old ? { none: { type: 'boolean' as const, title: t('noSubject') } } : {}) } }}
          submit={async (values) => {
            const name = String(values.name ?? '').trim()
            await send('changeOrderSubject', { id: order.id, raw: old?.raw ?? name, name: values.none === true ? null : name })
            say(t('savedIt'))
          }} /> : null}
      </div>
    )}</QueryView>
  )
}
