// 坐席看板: what each seat did in the days, what it did after the limit of a stage, what it has in hand (SUP-03, SUP-29).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { lastDays, month, periodOf } from '../../ui/period.ts'
import { Cell } from './BoardParts.tsx'
import { BoardTabs } from './BoardTabs.tsx'
import { b } from './board-words.zh-CN.ts'
import { pathOf } from './lists.ts'
import './supervision.css'

const facets = ['receipt', 'sorting', 'review', 'closing', 'callback', 'outbound'] as const

export default function SeatsPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const period = search.get('from') ? periodOf(search) : lastDays(1)
  const board = useQueryOf('seatsBoard', period, { keepPrevious: true, refetchEvery: 60_000 })
  const set = (change: Record<string, string>) => setSearch({ ...period, ...change })
  return (
    <Page title={b('seats')} bar={<BoardTabs now="seats" />} acts={<>
      <Button onClick={() => set(lastDays(1))}>{b('today')}</Button><Button onClick={() => set(month())}>{b('month')}</Button>
      <span style={{ inlineSize: 140 }}><DateInput value={period.from} onChange={(value) => value && set({ from: value.slice(0, 10) })} /></span><span>{b('to')}</span><span style={{ inlineSize: 140 }}><DateInput value={period.to} onChange={(value) => value && set({ to: value.slice(0, 10) })} /></span>
    </>}>
      <QueryView query={board}>
        {(data) => (
          <>
            <div className="ms-watch-figures">
              <Figure label={b('stageLate')} value={data.total.late.count} to={pathOf(data.total.late.list)} {...(data.total.late.count > 0 ? { tone: 'over' as const } : {})} />
              {data.total.stages.map((one) => <Figure key={one.kind} label={`${one.name}${b('stageLate')}`} value={one.late.count} to={pathOf(one.late.list)} />)}
            </div>
            <Section title={b('seats')} extra={<span className="ms-hint">{b('seatsHint')}</span>}>
              {data.seats.length === 0 ? <Empty kind="done" text={b('noSeats')} /> : (
                <table className="ms-board-table">
                  <caption className="ms-hidden">{b('seats')}</caption>
                  <thead><tr><th scope="col">{b('seat')}</th><th scope="col">{b('unitName')}</th><th scope="col">{b('online')}</th><th scope="col">{b('lastAct')}</th>{facets.map((one) => <th key={one} scope="col" className="ms-num">{b(one)}</th>)}<th scope="col" className="ms-num">{b('stageLate')}</th><th scope="col" className="ms-num">{b('inHand')}</th></tr></thead>
                  <tbody>
                    {data.seats.map((seat) => (
                      <tr key={seat.userId}>
                        <th scope="row">{seat.name}</th><td>{seat.unitName}</td><td><Tag tone={seat.online ? 'ok' : 'calm'}>{b(seat.online ? 'online' : 'offline')}</Tag></td><td>{seat.lastAt ? <Time iso={seat.lastAt} /> : '–'}</td>
                        {facets.map((one) => { const figure = seat.facets[one]; return figure ? <Cell key={one} figure={figure} /> : <td key={one} /> })}<Cell figure={seat.late} tone="over" /><td className="ms-num">{seat.inHand || <span className="ms-hint">0</span>}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
            </Section>
          </>
        )}
      </QueryView>
    </Page>
  )
}
