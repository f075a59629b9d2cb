// 今天先做: the tasks this person can act on, nearest clock first, each with its acts in the line.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { count } from '../../ui/numbers.ts'
import { Section } from '../../ui/Page.tsx'
import { ClockChip, UrgencyTag } from '../../ui/Tags.tsx'
import { duration, instant, now, when } from '../../ui/time.ts'
import { useOrder } from '../orders/order-data.ts'
import { useBatchSign } from './BatchSign.tsx'
import { t } from './texts.zh-CN.ts'
import { actLabel, actsOf, orderOf, useRowActs } from './unit-acts.tsx'
import type { UnitAct } from './unit-acts.tsx'
import { boxPath, clockOf } from './unit-data.ts'
import type { UnitRow } from './unit-data.ts'
import { Marks } from './UnitList.tsx'

const most = 15
/** What belongs into a line; the rest is on the task's own page. */
const inline: UnitAct[] = ['sign', 'feedback', 'accept', 'sendBack', 'requestReturn']

export function TodayList({ unitId, open }: { unitId: string | undefined; open: number }): ReactElement {
  const narrow: Record<string, string> = unitId ? { unitId } : {}
  const own = useQueryOf('unitAssignments', { box: 'open', limit: 50, ...narrow })
  // what is late or nearly so must not hide behind old limits without a clock, however much there is
  const late = useQueryOf('unitAssignments', { box: 'open', timing: 'overdue', limit: 20, ...narrow })
  const soon = useQueryOf('unitAssignments', { box: 'open', timing: 'near', limit: 20, ...narrow })
  const below = useQueryOf('unitAssignments', { box: 'toAccept', limit: 20, ...narrow })
  const acts = useRowActs()
  const batch = useBatchSign()
  const found = new Map([late, soon, own, below].flatMap((read) => read.data?.items ?? []).map((row) => [row.id, row]))
  const rows = [...found.values()].filter((row) => actsOf(row).some((act) => inline.includes(act))).sort(byClock)
  const toSign = rows.filter((row) => row.acts.includes('sign'))
  return (
    <Section title={t('today')} flush extra={
      <span className="ms-row">
        <span className="ms-hint">{t('todayHint')}</span>
        {toSign.length > 1 ? <Button size="small" onClick={() => batch.run(toSign)}>{t('batch.sign')} {count(toSign.length)}</Button> : null}
        <Link to={boxPath('open', { box: 'open', ...narrow })}>{t('todayMore', { n: count(open) })}</Link>
      </span>
    }>
      <QueryView query={own}>
        {() => (rows.length === 0 ? <Empty kind="done" text={t('todayDone')} hint={t('emptyHint')} /> : (
          <ul className="ms-unit-today">
            {rows.slice(0, most).map((row) => <TodayLine key={row.id} row={row} start={acts.start} />)}
          </ul>
        ))}
      </QueryView>
      {acts.drawers}
      {batch.report}
    </Section>
  )
}

/** Running clocks first, nearest first; then what has a limit but no clock any more. */
function byClock(a: UnitRow, b: UnitRow): number {
  const none = Number.POSITIVE_INFINITY
  const due = (iso: string | null | undefined) => (iso ? instant(iso) : none)
  const [first, second] = [due(a.clock?.dueAt), due(b.clock?.dueAt)]
  return first === second ? due(a.dueAt) - due(b.dueAt) || 0 : first < second ? -1 : 1
}

function TodayLine({ row, start }: { row: UnitRow; start: (row: UnitRow, act: UnitAct) => void }): ReactElement {
  const clock = clockOf(row)
  const possible = actsOf(row).filter((act) => inline.includes(act))
  return (
    <li>
      <span className="ms-unit-today-clock">{clock ? <ClockChip clock={clock} /> : <span className="ms-hint">{row.dueAt ? t('limit', { time: when(row.dueAt) }) : t('noLimit')}</span>}</span>
      <span className="ms-unit-today-text">
        <Link to={`/orders/${row.number}`} className="ms-ellipsis" title={row.title}>{row.title}</Link>
        <span className="ms-hint ms-ellipsis">{[row.number, row.matterName, row.address ?? row.areaName].filter(Boolean).join(' · ')}</span>
      </span>
      <span className="ms-unit-today-marks"><UrgencyTag urgency={row.urgency} /><Marks row={row} /></span>
      <span className="ms-unit-today-acts">
        {possible.map((act, i) => (act === 'requestReturn' ? <ReturnButton key={act} row={row} start={start} /> : (
          <Button key={act} size="small" type={i === 0 ? 'primary' : 'default'} ghost={i === 0} onClick={() => start(row, act)}>{actLabel(act)}</Button>
        )))}
      </span>
    </li>
  )
}

/** Returning is possible only for a while: how long says the order, and without a window there is no button. */
function ReturnButton({ row, start }: { row: UnitRow; start: (row: UnitRow, act: UnitAct) => void }): ReactElement | null {
  const read = useOrder(row.state === 'pendingSign' ? orderOf(row) : undefined)
  const act = read.data?.assignments.find((one) => one.id === row.id)?.acts.find((one) => one.act === 'requestReturn')
  if (row.state !== 'pendingSign' || !act?.enabled) return null
  const left = act.until ? instant(act.until) - now() : null
  return <Button size="small" onClick={() => start(row, 'requestReturn')}>{t('act.requestReturn')}{left !== null && left > 0 ? <span className="ms-hint">&nbsp;{t('window', { time: duration(left) })}</span> : null}</Button>
}
