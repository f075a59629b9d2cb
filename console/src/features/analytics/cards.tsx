// Numbers as cards, progress bars and rankings.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Figure } from '../../ui/Figure.tsx'
import { brief, shown } from '../data/values.ts'
import { changeWords, toneOf } from './change.ts'
import { asked, changeOf, numberOf, type Answer, type Column, type Row } from './question.ts'
import { t } from './texts.zh-CN.ts'

type Open = (column: Column, keys: Row['keys']) => void

export function FigureCards({ answer, compare, onOpen }: { answer: Answer; compare: 'previous' | 'lastYear' | undefined; onOpen: Open }): ReactElement {
  return (
    <div className="ms-analytics-figures">
      {asked(answer).map((c) => {
        const change = answer.before ? changeOf(c, numberOf(answer.total, c.code), numberOf(answer.before.total, c.code)) : null
        const better = change && 'better' in change ? change.better : undefined
        const opens = c.formula === null && (answer.total[c.code] ?? '0') !== '0'
        return (
          <Figure key={c.code} label={c.name} value={brief(answer.total[c.code], c.unit)} unit={c.unit === '%' ? undefined : c.unit} definition={{ definition: c.statement, ...(c.formula ? { formula: c.formula } : {}), version: String(c.version), filter: `${answer.from} – ${answer.to}` }} asOf={answer.asOf}
            {...(opens ? { onOpen: () => onOpen(c, []) } : {})} {...(change ? { delta: { text: change.text === 'none' ? t('noBase') : `${compare === 'lastYear' ? t('yearAgo') : t('previous')} ${changeWords(change)}`, ...(better === undefined ? {} : { better }) } } : {})} />
        )
      })}
    </div>
  )
}

export function Progress({ answer, target, onOpen }: { answer: Answer; target: number | undefined; onOpen: Open }): ReactElement {
  return (
    <div className="ms-analytics-bars">
      {asked(answer).map((c) => {
        const value = numberOf(answer.total, c.code)
        const tone = target === undefined || value === null ? undefined : value < target ? 'near' : 'ok'
        return (
          <div key={c.code} className="ms-analytics-bar">
            <span title={c.statement}>{c.name}</span>
            <span className="ms-analytics-track" role="meter" aria-label={c.name} aria-valuemin={0} aria-valuemax={100} aria-valuenow={value ?? undefined}><i data-tone={tone} style={{ inlineSize: `${Math.min(100, value ?? 0)}%` }} />{target === undefined ? null : <b style={{ insetInlineStart: `${target}%` }} title={t('goal', { n: target })} />}</span>
            {c.formula === null && value ? <Button type="link" size="small" onClick={() => onOpen(c, [])}>{shown(answer.total[c.code], c.unit)}</Button> : <span className="ms-num">{shown(answer.total[c.code], c.unit)}</span>}
          </div>
        )
      })}
    </div>
  )
}

/** Equal values share a rank; the name filters the page, the number opens its rows. */
export function Rank({ answer, compare, onPick, onOpen }: { answer: Answer; compare: 'previous' | 'lastYear' | undefined; onPick: (key: Row['keys'][number] | undefined) => void; onOpen: Open }): ReactElement {
  const columns = asked(answer)
  const first = columns[0]
  if (!first) return <span />
  const values = answer.rows.map((row) => numberOf(row.values, first.code))
  const most = Math.max(1, ...values.map((v) => v ?? 0))
  const changes = answer.rows.map((row, i) => (compare && row.before ? changeOf(first, values[i] ?? null, numberOf(row.before, first.code)) : null))
  const compared = changes.some((one) => one !== null && one.text !== 'none')
  return (
    <ol className="ms-analytics-rank">
      {answer.rows.map((row, i) => {
        const value = values[i] ?? null
        const place = values.findIndex((v) => v === value) + 1
        const change = changes[i] ?? null
        return (
          <li key={row.keys.map((k) => k.key).join('|')}>
            <span className="ms-analytics-place" data-top={place <= 3 || undefined}>{value === null ? '–' : place}</span>
            <button type="button" className="ms-link-button ms-ellipsis" title={row.keys[0]?.name} onClick={() => onPick(row.keys[0])}>{row.keys.map((k) => k.name).join(' · ')}</button>
            <span className="ms-analytics-track"><i style={{ inlineSize: `${((value ?? 0) / most) * 100}%` }} /></span>
            {compared ? <small className="ms-analytics-change" data-tone={change ? toneOf(change) : undefined}>{change && change.text !== 'none' ? changeWords(change) : ''}</small> : null}
            {columns.map((c) => (c.formula === null && (row.values[c.code] ?? '0') !== '0' ? <Button key={c.code} type="link" size="small" title={c.name} onClick={() => onOpen(c, row.keys)}>{shown(row.values[c.code], c.unit)}</Button> : <span key={c.code} className="ms-analytics-plain" title={c.name}>{shown(row.values[c.code], c.unit)}</span>))}
          </li>
        )
      })}
    </ol>
  )
}
