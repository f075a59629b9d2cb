// The named problems of a theme, each counted by its own words; an order may stand in several.
import { Button } from 'antd'
import { useQueries } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import { Loading } from '../../ui/Empty.tsx'
import { shown } from '../data/values.ts'
import type { PanelProps } from './PanelView.tsx'
import { changeWords, toneOf } from './change.ts'
import { asked, changeOf, numberOf, questionOf } from './question.ts'

export function ProblemGroups({ board, panel, period, picks, onOpen, onGroup, group }: PanelProps): ReactElement {
  const questions = board.groups.map((g) => questionOf({ where: [...board.where.filter((f) => f.dimension !== 'words'), { dimension: 'words', values: g.words }] }, panel, period, picks))
  const answers = useQueries({ queries: questions.map((question) => ({ queryKey: ['queryFigures', question], queryFn: ({ signal }: { signal: AbortSignal }) => call('queryFigures', question, { signal }) })) })
  if (answers.some((a) => a.isPending)) return <Loading lines={board.groups.length} />
  const first = (i: number): number => { const data = answers[i]?.data; const column = data ? asked(data)[0] : undefined; return data && column ? (numberOf(data.total, column.code) ?? 0) : 0 }
  const order = board.groups.map((_, i) => i).toSorted((a, b) => first(b) - first(a)).slice(0, panel.limit ?? board.groups.length)
  const most = Math.max(1, ...order.map(first))
  const changes = new Map(order.map((i) => { const data = answers[i]?.data; const column = data ? asked(data)[0] : undefined; return [i, data?.before && column ? changeOf(column, first(i), numberOf(data.before.total, column.code)) : null] as const }))
  const compared = [...changes.values()].some((one) => one !== null && one.text !== 'none')
  return (
    <ol className="ms-analytics-rank">
      {order.map((i) => {
        // equal numbers share a rank; nothing has none
        const place = first(i) === 0 ? null : order.findIndex((one) => first(one) === first(i)) + 1
        const data = answers[i]?.data
        const name = board.groups[i]?.name ?? ''
        const words = board.groups[i]?.words.join('、')
        const change = changes.get(i) ?? null
        return (
          <li key={name} data-active={name === group || undefined}>
            <span className="ms-analytics-place" data-top={(place !== null && place <= 3) || undefined}>{place ?? '–'}</span>
            {onGroup ? <button type="button" className="ms-link-button ms-ellipsis" title={words} aria-pressed={name === group} onClick={() => onGroup(name)}>{name}</button> : <span className="ms-ellipsis" title={words}>{name}</span>}
            <span className="ms-analytics-track"><i style={{ inlineSize: `${(first(i) / most) * 100}%` }} /></span>
            {compared ? <small className="ms-analytics-change" data-tone={change ? toneOf(change) : undefined}>{change && change.text !== 'none' ? changeWords(change) : ''}</small> : null}
            {data ? asked(data).map((c) => (c.formula === null && (data.total[c.code] ?? '0') !== '0' ? <Button key={c.code} type="link" size="small" title={c.name} onClick={() => onOpen({ column: c, keys: [], period, where: questions[i]?.where ?? [] })}>{shown(data.total[c.code], c.unit)}</Button> : <span key={c.code} className="ms-analytics-plain" title={c.name}>{shown(data.total[c.code], c.unit)}</span>)) : null}
          </li>
        )
      })}
    </ol>
  )
}
