// 判重: what was registered before, by the same person and by others, and what follows from it.
import { Button, Segmented, Select, Tooltip } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { useSession } from '../../app/session.tsx'
import { Part } from '../../ui/DeskPart.tsx'
import { Time } from '../../ui/Page.tsx'
import { StateTag, Tag } from '../../ui/Tags.tsx'
import { EarlierActs } from './EarlierOrders.tsx'
import { sorters } from './duplicate-order.ts'
import type { Sorter } from './duplicate-order.ts'
import type { Choice, Duplicate, Duplicates } from './use-duplicates.ts'
import { t } from './texts.zh-CN.ts'

const reasons: Record<Duplicate['reasons'][number], string> = {
  samePerson: t('dup.samePerson'), sameText: t('dup.sameText'), similarText: t('dup.similarText'), sameMatter: t('dup.sameMatter'), samePlace: t('dup.samePlace'), nearby: t('dup.nearby'), sameArea: t('dup.sameArea'),
}

const kept = 'ms-duplicates-order'

export function DuplicatePart({ check, areaCode, matterId }: { check: Duplicates; areaCode?: string; matterId?: string }): ReactElement | null {
  const [tab, setTab] = useState<'person' | 'matter' | null>(null)
  const [order, setOrder] = useState<Sorter>(() => sorters.find((one) => one === localStorage.getItem(kept)) ?? 'score')
  const [narrow, setNarrow] = useState<string[]>([])
  const { samePerson, sameMatter, choice } = check
  if (samePerson.length + sameMatter.length === 0) return null
  const shown = tab ?? (samePerson.length > 0 ? 'person' : 'matter')
  const rows = (shown === 'person' ? samePerson : sameMatter).filter((one) => (!narrow.includes('area') || one.areaCode === areaCode) && (!narrow.includes('matter') || one.matterId === matterId) && (!narrow.includes('open') || one.open))
  const sorted = [...rows].sort((a, b) => (order === 'newest' ? (a.registeredAt < b.registeredAt ? 1 : -1) : order === 'nearest' ? (a.distance ?? 1e9) - (b.distance ?? 1e9) : b.score - a.score))
  return (
    <Part title={t('dup.title')} extra={<Segmented size="small" value={shown} onChange={setTab} options={[{ value: 'person', label: t('dup.person', { n: samePerson.length }) }, { value: 'matter', label: t('dup.matter', { n: sameMatter.length }) }]} />}>
      <div className="ms-row">
        <Select size="small" aria-label={t('dup.order')} value={order} style={{ inlineSize: 104 }} onChange={(next) => { setOrder(next); localStorage.setItem(kept, next) }} options={sorters.map((one) => ({ value: one, label: t(`dup.by.${one}`) }))} />
        <Select size="small" mode="multiple" aria-label={t('dup.narrow')} placeholder={t('dup.narrow')} value={narrow} onChange={setNarrow} style={{ flex: 1, minInlineSize: 0 }} maxTagCount={1}
          options={[{ value: 'area', label: t('dup.only.area'), disabled: !areaCode }, { value: 'matter', label: t('dup.only.matter'), disabled: !matterId }, { value: 'open', label: t('dup.only.open') }]} />
      </div>
      <ul className="ms-earlier-list" aria-label={t('dup.title')}>
        {sorted.map((one) => <Line key={one.orderId} one={one} check={check} />)}
      </ul>
      {sorted.length === 0 ? <span className="ms-hint">{t('dup.noneLeft')}</span> : null}
      <div className="ms-row">
        <Button size="small" type={choice?.choice === 'none' ? 'primary' : 'default'} aria-pressed={choice?.choice === 'none'} onClick={() => check.choose(choice?.choice === 'none' ? null : { choice: 'none' })}>{t('dup.none')}</Button>
        {choice ? <span className="ms-hint" role="status">{said(choice)}</span> : <span className="ms-hint">{t('dup.ask')}</span>}
      </div>
    </Part>
  )
}

export const said = (choice: Choice): string => (choice.choice === 'none' ? t('dup.said.none') : t(`dup.said.${choice.choice}`, { number: choice.number ?? '' }))

function Line({ one, check }: { one: Duplicate; check: Duplicates }): ReactElement {
  const { can } = useSession()
  const chosen = check.choice?.orderId === one.orderId ? check.choice.choice : null
  const button = (choice: 'repeat' | 'merge' | 'eventSet', label: string, help: string): ReactElement => (
    <Tooltip title={help}>
      <Button size="small" type={chosen === choice ? 'primary' : 'default'} aria-pressed={chosen === choice} onClick={() => check.choose(chosen === choice ? null : { choice, orderId: one.orderId, number: one.number })}>{label}</Button>
    </Tooltip>
  )
  // 追加 and 催办 of the older order are an answer too: no new order follows
  const answered = (choice: 'supplement' | 'urge') => void call('answerDuplicateCheck', { id: check.checkId, choice, orderId: one.orderId }).catch(() => undefined)
  return (
    <li className="ms-earlier" data-open={one.open || undefined}>
      <span className="ms-row"><Tag tone={one.score >= 0.9 ? 'near' : 'plain'}>{Math.round(one.score * 100)}%</Tag><StateTag state={one.state} /><span className="ms-hint">{one.unitName}</span></span>
      <span className="ms-earlier-title">{one.title}</span>
      <span className="ms-hint">{[one.reasons.map((name) => reasons[name]).join('、'), one.distance === null ? null : t('dup.metres', { n: one.distance }), one.requesterName].filter(Boolean).join(' · ')} <Time iso={one.registeredAt} /></span>
      {one.eventSet ? <span className="ms-hint">{t('dup.inSet', { title: one.eventSet.title })}</span> : null}
      <span className="ms-row">
        {button('repeat', t('dup.repeat'), t('dup.repeatHelp'))}
        {one.open ? button('eventSet', t('dup.eventSet'), t('dup.eventSetHelp')) : null}
        {one.open && can('orders.merge') ? button('merge', t('dup.merge'), t('dup.mergeHelp')) : null}
        <EarlierActs order={{ id: one.orderId, number: one.number, title: one.title, open: one.open, mayOpen: one.mayOpen }} onActed={answered} />
      </span>
    </li>
  )
}
