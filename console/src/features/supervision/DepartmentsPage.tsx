// 督导监管看板: the departments under a leader, and nothing else (SUP-29).
import { Button, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { count } from '../../ui/numbers.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { clockTime } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { Cell } from './BoardParts.tsx'
import { BoardTabs } from './BoardTabs.tsx'
import { b } from './board-words.zh-CN.ts'
import { pathOf } from './lists.ts'
import './supervision.css'

type Board = OutputOf<'departmentsBoard'>

export default function DepartmentsPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const [setting, setSetting] = useState(false)
  const leaderId = search.get('leaderId') ?? undefined
  const known = useQueryOf('leaderUnits', {}, { enabled: can('supervision.assign') })
  const board = useQueryOf('departmentsBoard', leaderId ? { leaderId } : {}, { keepPrevious: true, refetchEvery: 60_000 })
  const send = useAct('leaderUnits', 'departmentsBoard')
  return (
    <Page title={b('departments')} bar={<BoardTabs now="departments" />} acts={<>
      {board.data ? <span className="ms-hint">{board.data.leader.name} · {b('asOf', { time: clockTime(board.data.at) })}</span> : null}
      {known.data ? <Select style={{ inlineSize: 160 }} allowClear aria-label={b('leader')} placeholder={b('mine')} value={leaderId} options={known.data.leaders.map((one) => ({ value: one.id, label: one.name }))} onChange={(next?: string) => setSearch(next ? { leaderId: next } : {})} /> : null}
      {known.data ? <Button onClick={() => setSetting(true)}>{b('set')}</Button> : null}
    </>}>
      <QueryView query={board}>
        {(data) => (data.units.length === 0 ? <Empty kind="done" text={b('none')} hint={b('noneHint')} /> : (
          <div className="ms-stack">
            <Units data={data} />
            <div className="ms-board-columns"><Points data={data} /><Problems data={data} /></div>
          </div>
        ))}
      </QueryView>
      {setting && known.data ? (
        <ActDrawer open onClose={() => setSetting(false)} title={b('set')} submitLabel={b('save')} loaders={orderLoaders} onDone={() => { say(b('saved')); setSetting(false) }}
          schema={{ type: 'object', required: ['userId'], properties: { userId: { type: 'string', title: b('setFor'), oneOf: known.data.leaders.map((one) => ({ const: one.id, title: one.name })), 'x-buttons': false }, unitIds: { type: 'array', format: 'unit', items: { type: 'string' }, title: b('units') } } }}
          initial={leaderId ? { userId: leaderId, unitIds: known.data.items.find((one) => one.userId === leaderId)?.units.map((one) => one.id) ?? [] } : {}}
          submit={(v) => send('setLeaderUnits', { userId: v.userId, unitIds: v.unitIds ?? [] })} />
      ) : null}
    </Page>
  )
}

function Units({ data }: { data: Board }): ReactElement {
  return (
    <Section title={b('units')} extra={<span className="ms-hint">{b('predictedHint')}</span>}>
      <table className="ms-board-table">
        <caption className="ms-hidden">{b('units')}</caption>
        <thead><tr><th scope="col" className="ms-num" style={{ inlineSize: 64 }}>{b('rank')}</th><th scope="col">{b('unit')}</th><th scope="col" className="ms-num">{b('score')}</th><th scope="col" className="ms-num">{b('predicted')}</th>{(['due', 'urges', 'near', 'overdue', 'red'] as const).map((key) => <th key={key} scope="col" className="ms-num">{b(key)}</th>)}</tr></thead>
        <tbody>{data.units.map((one) => <tr key={one.unitId}><td className="ms-num">{one.rank}</td><th scope="row">{one.unitName}</th><td className="ms-num">{one.score === null ? <span className="ms-hint">{b('noScore')}</span> : <Link to={`/assessment/${one.score.periodId}`} title={one.score.period}>{one.score.rank === null ? one.score.score : b('scoreOf', { score: one.score.score, rank: one.score.rank, of: one.score.of })}</Link>}</td><td className="ms-num">{one.predicted === null ? <span className="ms-hint">{b('noDue')}</span> : b('predictedOf', { rate: one.predicted })}</td><Cell figure={one.due} /><Cell figure={one.urges} tone="near" /><Cell figure={one.near} tone="near" /><Cell figure={one.overdue} tone="over" /><Cell figure={one.red} tone="over" /></tr>)}</tbody>
      </table>
    </Section>
  )
}

function Problems({ data }: { data: Board }): ReactElement {
  return (
    <Section title={b('problems')}>
      {data.problems.length === 0 ? <span className="ms-hint">{b('noProblems')}</span> : <ol className="ms-plain-list">{data.problems.map((one) => <li key={one.name}>{one.name} <Link to={pathOf(one.list)}>{count(one.count)}</Link></li>)}</ol>}
    </Section>
  )
}

const [WIDTH, HEIGHT, EDGE] = [640, 320, 24]

/** Orders as dots over the outlines of areas that the site has loaded; a dot opens its order. */
function Points({ data }: { data: Board }): ReactElement {
  const navigate = useNavigate()
  const map = useQueryOf('mapOfSite', {}, { staleTime: 600_000 })
  const rings = (map.data?.outlines ?? []).flatMap((one) => one.rings)
  const all = [...data.points.map((one) => [one.lon, one.lat] as const), ...rings.flat().map(([lon = 0, lat = 0]) => [lon, lat] as const)]
  const [west, east] = [Math.min(...all.map(([lon]) => lon)), Math.max(...all.map(([lon]) => lon))]
  const [south, north] = [Math.min(...all.map(([, lat]) => lat)), Math.max(...all.map(([, lat]) => lat))]
  const scale = Math.min((WIDTH - 2 * EDGE) / Math.max(east - west, 0.01), (HEIGHT - 2 * EDGE) / Math.max(north - south, 0.01))
  const x = (lon: number): number => WIDTH / 2 + (lon - (west + east) / 2) * scale
  const y = (lat: number): number => HEIGHT / 2 - (lat - (south + north) / 2) * scale
  return (
    <Section title={b('map')} extra={<span className="ms-hint">{b('mapHint', { n: data.points.length })}</span>}>
      {data.points.length === 0 ? <span className="ms-hint">{b('noPoints')}</span> : (
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={b('mapHint', { n: data.points.length })} className="ms-board-map">
          {rings.map((ring, i) => <polygon key={i} points={ring.map(([lon = 0, lat = 0]) => `${x(lon)},${y(lat)}`).join(' ')} />)}
          {data.points.map((one) => <circle key={one.id} cx={x(one.lon)} cy={y(one.lat)} r={5} data-tone={one.colour === 'red' ? 'over' : one.colour === 'yellow' ? 'near' : 'ok'} onClick={() => void navigate(`/orders/${one.number}`)}><title>{`${one.number} ${one.title}`}</title></circle>)}
        </svg>
      )}
    </Section>
  )
}
