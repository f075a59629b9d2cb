// 单位工作台: what is due first with its act beside it, the boxes split by time, cards, and what lower units hold (ux.md §3.6).
import { Select } from 'antd'
import type { ReactElement } from 'react'
import { Link, Navigate, useSearchParams } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { count, rate } from '../../ui/numbers.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { clockTime } from '../../ui/time.ts'
import { t } from './texts.zh-CN.ts'
import { TodayList } from './TodayList.tsx'
import { UnitCards } from './UnitCards.tsx'
import { UnitCharts } from './UnitCharts.tsx'
import { boxPath, isBox } from './unit-data.ts'
import type { UnitBoard, UnitBox } from './unit-data.ts'
import './unit.css'

const shown: UnitBox[] = ['toSign', 'handling', 'toApprove', 'toAccept', 'reported', 'redo', 'owed', 'children']

export default function UnitPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const unitId = search.get('unitId') ?? undefined
  const board = useQueryOf('unitBoard', unitId ? { unitId } : {}, { keepPrevious: true })
  // the whole choice of units, also while one of them is looked at
  const own = useQueryOf('unitBoard', {}, { staleTime: 300_000, enabled: unitId !== undefined })
  useTopic('orders.list', ['unitBoard', 'unitAssignments'])
  const box = search.get('box')
  if (isBox(box)) return <Navigate replace to={boxPath(box, { box, ...(unitId ? { unitId } : {}) })} />
  const units = (unitId ? own.data : board.data)?.units ?? []
  return (
    <Page title={t('board')} sub={units.length === 1 ? units[0]?.name : undefined}
      acts={<>
        {units.length > 1 ? <Select aria-label={t('filter.unit')} style={{ inlineSize: 220 }} value={unitId ?? ''} options={[{ value: '', label: t('unitAll') }, ...units.map((unit) => ({ value: unit.id, label: unit.name }))]} onChange={(next) => setSearch(next ? { unitId: next } : {})} /> : null}
        {board.data ? <span className="ms-hint">{t('asOf', { time: clockTime(board.data.at) })}</span> : null}
      </>}>
      <QueryView query={board}>
        {(data) => (
          <>
            <div className="ms-unit-figures">
              {shown.map((name) => <BoxFigure key={name} box={data.boxes.find((one) => one.box === name)} />)}
              <Figure label={t('overdueRate')} value={rate(data.overdueRate)} to={boxPath('open', { box: 'open', timing: 'overdue', ...(unitId ? { unitId } : {}) })} tone={data.overdueRate ? 'over' : undefined} definition={{ definition: t('overdueRateHelp'), formula: t('overdueRateFormula') }} asOf={data.at} />
            </div>
            <div className="ms-unit-columns">
              <TodayList unitId={unitId} open={data.boxes.find((one) => one.box === 'open')?.total ?? 0} />
              <div className="ms-stack">
                <UnitCards unitId={unitId} />
                <Children board={data} />
                <UnitCharts board={data} />
              </div>
            </div>
          </>
        )}
      </QueryView>
    </Page>
  )
}

const shapes = { inTime: ['●', 'ok'], near: ['▲', 'near'], overdue: ['◆', 'over'] } as const

/** A number with its parts in time, near and overdue; each opens its rows. */
function BoxFigure({ box }: { box: UnitBoard['boxes'][number] | undefined }): ReactElement | null {
  if (!box) return null
  return (
    <div className="ms-figure ms-unit-figure">
      <div className="ms-figure-head"><span className="ms-ellipsis" title={box.name}>{box.name}</span></div>
      <Link to={boxPath(box.box, box.query)} className="ms-figure-value">{count(box.total)}</Link>
      <div className="ms-unit-split">
        {box.split.map(({ timing, count: n, query }) => {
          const [shape, tone] = shapes[timing]
          const words = <><span aria-hidden="true">{shape}</span><span className="ms-hidden">{t(`timing.${timing}`)} </span>{count(n)}</>
          return n > 0 ? <Link key={timing} to={boxPath(box.box, query)} data-tone={tone} title={t(`timing.${timing}`)}>{words}</Link> : <span key={timing} className="ms-hint" title={t(`timing.${timing}`)}>{words}</span>
        })}
      </div>
    </div>
  )
}

function Children({ board }: { board: UnitBoard }): ReactElement {
  return (
    <Section title={t('childrenTitle')} extra={<Link to="/unit/children">{t('children')}</Link>} flush>
      {board.children.length === 0 ? <p className="ms-hint ms-unit-nothing">{t('childrenNone')}</p> : (
        <table className="ms-unit-table">
          <thead><tr><th scope="col">{t('filter.unit')}</th><th scope="col" className="ms-num">{t('box.open')}</th><th scope="col" className="ms-num">{t('timing.overdue')}</th></tr></thead>
          <tbody>
            {board.children.map((child) => (
              <tr key={child.unitId}>
                <td className="ms-ellipsis" title={child.unitName}>{child.unitName}</td>
                <td className="ms-num"><Link to={boxPath('open', child.query)}>{count(child.open)}</Link></td>
                <td className="ms-num">{child.overdue > 0 ? <Link to={boxPath('open', { ...child.query, timing: 'overdue' })} data-tone="over">◆ {count(child.overdue)}</Link> : <span className="ms-hint">0</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  )
}

