// The sheet at the right of the desk: items with what they lose and why; a deduction is written at the item, at the sentence that is chosen.
import { Button, Checkbox, Input, InputNumber, Tooltip } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { stopwatch } from '../../ui/time.ts'
import { Tag } from '../../ui/Tags.tsx'
import { deducted, lossOf, scoredFull, type Definition, type Filled, type Hit, type Item, type Own } from './filled-sheet.ts'
import { t } from './texts.zh-CN.ts'

export type Place = Pick<Own, 'sentenceId' | 'speaker' | 'atMs' | 'quote'>
type Props = { sheet: Definition; filled: Filled; hits: readonly Hit[]; onChange: ((next: Filled) => void) | null; place: Place | null; focus: string | null; onFocus: (code: string | null) => void; onJump: (ms: number) => void; complain: boolean }

export function ScoreSheet({ sheet, filled, hits, onChange, place, focus, onFocus, onJump, complain }: Props): ReactElement {
  return (
    <table className="ms-quality-sheet">
      <caption className="ms-hidden">{t('sheet')}</caption>
      <tbody>
        {sheet.groups.flatMap((group) => {
          const total = group.items.reduce((sum, one) => sum + one.points, 0)
          const left = group.items.reduce((sum, one) => sum + Math.max(0, one.points - lossOf(one.code, filled, hits)), 0)
          return [
            <tr key={group.code} data-group><th scope="colgroup">{group.name}</th><td className="ms-num">{left} / {total}</td><td /></tr>,
            ...group.items.map((item) => <Row key={item.code} {...{ item, filled, hits, onChange, place, onJump }} open={focus === item.code} onOpen={(open) => onFocus(open ? item.code : null)} missing={complain && item.mandatory && !item.fatal && !filled.scored.includes(item.code)} />),
          ]
        })}
      </tbody>
    </table>
  )
}

type RowProps = Pick<Props, 'filled' | 'hits' | 'onChange' | 'place' | 'onJump'> & { item: Item; open: boolean; onOpen: (open: boolean) => void; missing: boolean }

function Row({ item, filled, hits, onChange, place, onJump, open, onOpen, missing }: RowProps): ReactElement {
  const scored = filled.scored.includes(item.code)
  const lost = lossOf(item.code, filled, hits)
  const accepted = hits.filter((one) => one.itemCode === item.code && filled.choices[one.id]?.choice === 'accepted')
  const own = filled.deductions.filter((one) => one.itemCode === item.code)
  return (
    <tr data-focus={open || undefined} data-missing={missing || undefined} data-item={item.code}>
      <td>
        <Tooltip title={item.details}><span>{item.name}</span></Tooltip>{item.mandatory && !item.fatal ? <span className="ms-quality-over" title={t('mandatory')}> *</span> : null}
        {[...accepted.map((one) => ({ key: one.id, points: one.points, text: one.ruleName ?? '', atMs: one.atMs, remove: null })), ...own.map((one, index) => ({ key: `own${index}`, points: one.points, text: one.note || one.quote, atMs: one.atMs, remove: onChange ? () => onChange({ ...filled, deductions: filled.deductions.filter((held) => held !== one) }) : null }))].map((one) => (
          <div key={one.key} className="ms-quality-deduction">{one.points > 0 ? <b className="ms-quality-over">−{one.points}</b> : null}<span>{one.text}</span>{one.atMs === null ? null : <button type="button" className="ms-link-button" onClick={() => onJump(one.atMs ?? 0)}>▸{stopwatch(one.atMs)}</button>}{one.remove ? <button type="button" className="ms-link-button" aria-label={t('remove')} onClick={one.remove}>×</button> : null}</div>
        ))}
        {open && onChange ? <Deduct item={item} place={place} onCancel={() => onOpen(false)} onAdd={(next) => { onChange(deducted(filled, next)); onOpen(false) }} /> : null}
      </td>
      <td className="ms-num">{item.fatal ? null : scored || !onChange ? `${Math.max(0, item.points - lost)} / ${item.points}` : <span className="ms-muted">– / {item.points}</span>}</td>
      <td>
        {item.fatal ? <Checkbox checked={filled.fatal.includes(item.code)} disabled={!onChange} onChange={(event) => onChange?.({ ...filled, fatal: event.target.checked ? [...filled.fatal, item.code] : filled.fatal.filter((one) => one !== item.code) })}>{t('fatal')}</Checkbox>
          : onChange ? <><Button size="small" type={scored && lost === 0 ? 'primary' : 'default'} ghost={scored && lost === 0} disabled={scored} onClick={() => onChange(scoredFull(filled, item.code))}>{scored ? '✓' : t('fullMarks')}</Button> <Button size="small" onClick={() => onOpen(!open)}>{t('deduct')}</Button></>
          : scored ? '✓' : <Tag>{t('notScored')}</Tag>}
      </td>
    </tr>
  )
}

function Deduct({ item, place, onAdd, onCancel }: { item: Item; place: Place | null; onAdd: (own: Own) => void; onCancel: () => void }): ReactElement {
  const [points, setPoints] = useState<number | null>(1)
  const [note, setNote] = useState('')
  const add = () => { if (points !== null) onAdd({ itemCode: item.code, points, note: note.trim(), field: null, ...(place ?? { sentenceId: null, speaker: null, atMs: null, quote: '' }) }) }
  return (
    <div className="ms-row">
      <InputNumber size="small" min={0} max={item.points} value={points} onChange={setPoints} aria-label={t('deductPoints')} style={{ inlineSize: 64 }} autoFocus />
      <Input size="small" value={note} maxLength={300} placeholder={place?.atMs === null || !place ? t('wholeObject') : t('atPlace', { place: `${stopwatch(place.atMs)} ${place.quote.slice(0, 12)}` })} aria-label={t('note')} onChange={(event) => setNote(event.target.value)} onPressEnter={add} style={{ flex: 1, minInlineSize: 120 }} />
      <Button size="small" type="primary" disabled={points === null} onClick={add}>{t('add')}</Button><Button size="small" onClick={onCancel}>{t('cancel')}</Button>
    </div>
  )
}
