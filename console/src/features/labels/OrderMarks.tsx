// Beside the order: its labels, by whom or which rule, and notes of the centre.
import { Button, Input, Tooltip } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { PickerInput } from '../../ui/Pickers.tsx'
import type { SlotProps } from '../orders/slots.ts'
import { labelLoader } from './label-loader.ts'
import { t } from './texts.zh-CN.ts'
import './labels.css'

export default function OrderMarks({ order }: SlotProps): ReactElement {
  const query = useQueryOf('orderMarks', { id: order.id })
  const change = useCommand('labelOrder', { invalidates: ['orderMarks', 'listOrders', 'orderTimeline'] })
  const note = useCommand('noteOrder', { invalidates: ['orderMarks', 'orderTimeline'] })
  const [text, setText] = useState('')
  const fail = (error: Error) => say(error.message, 'over')
  return (
    <QueryView query={query} lines={2}>
      {({ labels, notes, mayChange }) => (
        <div className="ms-stack">
          <div className="ms-row ms-wrap">
            {labels.length === 0 ? <span className="ms-hint">{t('none')}</span> : null}
            {labels.map((one) => (
              <Tooltip key={one.id} title={<>{one.ruleName ? t('byRule', { rule: one.ruleName }) : t('by', { name: one.byName })} <Time iso={one.at} /></>}>
                <span className="ms-label" data-colour={one.colour}>{one.name}{mayChange ? <button type="button" className="ms-chip-x" onClick={() => void change.mutateAsync({ id: order.id, add: [], remove: [one.id] }).catch(fail)}><Icon name="close" size={12} label={t('remove', { name: one.name })} /></button> : null}</span>
              </Tooltip>
            ))}
          </div>
          {mayChange ? <Proposed orderId={order.id} held={labels.map((one) => one.id)} put={(id) => change.mutateAsync({ id: order.id, add: [id], remove: [] }).catch(fail)} /> : null}
          {mayChange ? <PickerInput loader={labelLoader} value={undefined} placeholder={t('add')} onChange={(next) => { if (typeof next === 'string' && next) void change.mutateAsync({ id: order.id, add: [next], remove: [] }).catch(fail) }} /> : null}
          {notes.length > 0 ? <ul className="ms-plain-list">{notes.map((one) => <li key={one.id}><p className="ms-text">{one.text}</p><span className="ms-hint">{one.byName} <Time iso={one.at} /></span></li>)}</ul> : null}
          {mayChange ? (
            <div className="ms-stack">
              <Input.TextArea rows={2} maxLength={1000} value={text} aria-label={t('note')} placeholder={t('notePlace')} onChange={(event) => setText(event.target.value)} />
              {text.trim() ? <div><Button size="small" loading={note.isPending} onClick={() => void note.mutateAsync({ id: order.id, text: text.trim() }).then(() => { setText(''); say(t('noteSaved')) }).catch(fail)}>{t('save')}</Button></div> : null}
            </div>
          ) : null}
        </div>
      )}
    </QueryView>
  )
}

/** What the machine would put; a click puts it. */
function Proposed({ orderId, held, put }: { orderId: string; held: readonly string[]; put: (labelId: string) => Promise<unknown> }): ReactElement | null {
  const found = useQueryOf('proposeOrderLabels', { id: orderId }, { staleTime: 300_000 })
  const items = (found.data?.items ?? []).filter((one) => !held.includes(one.id))
  if (items.length === 0) return null
  const take = (labelId: string): void => {
    const id = found.data?.suggestionId
    void put(labelId).then(() => (id ? call('decideSuggestion', { id, chosen: labelId }).catch(() => undefined) : undefined))
  }
  return (
    <div className="ms-row ms-wrap">
      <span className="ms-hint">{t('proposed')}</span>
      {items.map((one) => <Tooltip key={one.id} title={t('proposedWhy', { share: Math.round(one.confidence * 100), why: one.reason })}><Button size="small" type="dashed" onClick={() => take(one.id)}>{one.name}</Button></Tooltip>)}
    </div>
  )
}
