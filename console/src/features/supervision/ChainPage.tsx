// 全环节看板: what runs, what is warned of, what is blocked in each step from receiving to rating (SUP-29).
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { UnitPicker } from '../../ui/Pickers.tsx'
import { clockTime } from '../../ui/time.ts'
import { unitLoader } from '../orders/pickers.ts'
import { Cell } from './BoardParts.tsx'
import { BelowSwitch } from './BelowSwitch.tsx'
import { BoardTabs } from './BoardTabs.tsx'
import { b } from './board-words.zh-CN.ts'
import './supervision.css'

export default function ChainPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const unitId = search.get('unitId') ?? undefined
  const below = search.get('below') === 'true'
  const board = useQueryOf('chainBoard', { ...(unitId ? { unitId } : {}), ...(below ? { below: 'true' } : {}) }, { keepPrevious: true, refetchEvery: 60_000 })
  const units = useMemo(() => unitLoader(), [])
  return (
    <Page title={b('chain')} bar={<BoardTabs now="chain" />} acts={<>{board.data ? <span className="ms-hint">{b('asOf', { time: clockTime(board.data.at) })}</span> : null}<BelowSwitch on={below} set={(next) => setSearch({ ...(unitId ? { unitId } : {}), ...(next ? { below: 'true' } : {}) })} /><span style={{ inlineSize: 260 }}><UnitPicker loader={units} value={unitId} placeholder={b('unit')} onChange={(next) => setSearch({ ...(typeof next === 'string' ? { unitId: next } : {}), ...(below ? { below: 'true' } : {}) })} /></span></>}>
      <QueryView query={board}>
        {({ stages }) => {
          const largest = Math.max(1, ...stages.map((one) => one.running.count))
          return (
            <Section title={b('chain')} extra={<span className="ms-hint">{b('chainHint')}</span>}>
              <table className="ms-board-table">
                <caption className="ms-hidden">{b('chain')}</caption>
                <thead><tr><th scope="col">{b('stage')}</th><th scope="col"><span className="ms-hidden">{b('proportion')}</span></th><th scope="col" className="ms-num">{b('running')}</th><th scope="col" className="ms-num">{b('warned')}</th><th scope="col" className="ms-num">{b('blocked')}</th></tr></thead>
                <tbody>
                  {stages.map((one) => (
                    <tr key={one.key}>
                      <th scope="row">{one.name}</th>
                      <td><span className="ms-board-bar" aria-hidden="true">{([['ok', one.running.count - one.warned.count - one.blocked.count], ['near', one.warned.count], ['over', one.blocked.count]] as const).map(([tone, n]) => <i key={tone} data-tone={tone} style={{ inlineSize: `${(n / largest) * 100}%` }} />)}</span></td>
                      <Cell figure={one.running} /><Cell figure={one.warned} tone="near" /><Cell figure={one.blocked} tone="over" />
                    </tr>
                  ))}
                </tbody>
              </table>
            </Section>
          )
        }}
      </QueryView>
    </Page>
  )
}
