// One list for all boxes of the unit: the page names its boxes, the server says what may be done with each row.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { useSession } from '../../app/session.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, FilterValues } from '../../ui/ListPage.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { AssignmentStateTag, ClockChip, StateTag, Tag, UrgencyTag } from '../../ui/Tags.tsx'
import { Button } from 'antd'
import { when } from '../../ui/time.ts'
import { unitLoader } from '../orders/pickers.ts'
import { useBatchReview } from './BatchReview.tsx'
import { useBatchSign } from './BatchSign.tsx'
import { t } from './texts.zh-CN.ts'
import { actLabel, actsOf, useRowActs } from './unit-acts.tsx'
import type { UnitAct } from './unit-acts.tsx'
import { boxes as allBoxes, clockOf, loadUnitWork, timings } from './unit-data.ts'
import type { UnitBox, UnitRow } from './unit-data.ts'

function Clock({ row }: { row: UnitRow }): ReactElement {
  const clock = clockOf(row)
  if (clock) return <ClockChip plain clock={clock} />
  // no clock runs any more, but the list goes by the limit that was given
  return row.dueAt ? <span className="ms-hint">{t('limit', { time: when(row.dueAt) })}</span> : <>–</>
}

const columns: Column<UnitRow>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'clockName', title: t('col.clock'), width: 204, render: (row) => <Clock row={row} /> },
  { key: 'title', title: t('col.title'), width: 300, wide: true, render: (row) => <><UrgencyTag urgency={row.urgency} /> {row.title}</>, text: (row) => row.title },
  { key: 'stateName', title: t('col.state'), width: 88, render: (row) => <AssignmentStateTag state={row.state} /> },
  { key: 'round', title: t('col.round'), width: 72, render: (row) => (row.round > 1 ? <Tag tone="over">{t('round', { n: row.round })}</Tag> : t('round', { n: row.round })), hidden: true },
  { key: 'flags', title: t('col.flags'), width: 112, render: (row) => <Marks row={row} />, text: (row) => row.flags.map((flag) => flag.name).join('、') },
  { key: 'matterName', title: t('col.matter'), width: 130, render: (row) => row.matterName },
  { key: 'unitName', title: t('col.unit'), width: 140, render: (row) => row.unitName, hidden: true },
  { key: 'roleName', title: t('col.role'), width: 64, render: (row) => row.roleName, hidden: true },
  { key: 'handlerName', title: t('col.handler'), width: 80, render: (row) => row.handlerName, hidden: true },
  { key: 'parentName', title: t('col.parent'), width: 120, render: (row) => row.parentUnitName, hidden: true, export: false },
  { key: 'orderStateName', title: t('col.orderState'), width: 110, render: (row) => <StateTag state={row.orderState} />, hidden: true },
  { key: 'requesterName', title: t('col.requester'), width: 84, render: (row) => row.requesterName, hidden: true },
  { key: 'contactPhoneMask', title: t('col.phone'), width: 120, render: (row) => <bdi>{row.contactPhoneMask}</bdi>, hidden: true },
  { key: 'address', title: t('col.place'), width: 180, render: (row) => row.address ?? row.areaName, hidden: true },
  { key: 'dispatchedAt', title: t('col.dispatched'), width: 104, render: (row) => <Time iso={row.dispatchedAt} />, hidden: true },
  { key: 'signedAt', title: t('col.signed'), width: 104, render: (row) => <Time iso={row.signedAt} />, hidden: true },
  { key: 'dueAt', title: t('col.due'), width: 104, render: (row) => <Time iso={row.dueAt} />, hidden: true },
  { key: 'doneAt', title: t('col.done'), width: 104, render: (row) => <Time iso={row.doneAt} />, hidden: true },
]

export function Marks({ row }: { row: UnitRow }): ReactElement {
  const [first, ...rest] = row.flags.filter((flag) => flag.code !== 'urged')
  return (
    <>
      {row.round > 1 ? <><Tag tone="over">{t('round', { n: row.round })}</Tag> </> : null}
      {row.urgeCount > 0 ? <><Tag tone="near">{t('urges', { n: row.urgeCount })}</Tag> </> : null}
      {first ? <Tag title={row.flags.map((flag) => flag.name).join('、')}>{first.name}{rest.length ? `+${rest.length}` : ''}</Tag> : null}
    </>
  )
}

type Props = { title: string; /** The first is the page's own. */ boxes: [UnitBox, ...UnitBox[]]; empty: string; bulkSign?: boolean; /** The unit's leader accepts many at once. */ bulkReview?: boolean; /** The rows belong to several units. */ units?: boolean }

export function UnitList({ title, boxes, empty, bulkSign, bulkReview, units }: Props): ReactElement {
  const { can } = useSession()
  const acts = useRowActs()
  const batch = useBatchSign()
  const review = useBatchReview()
  const filters = useMemo((): Filter[] => [
    { key: 'box', label: t('filter.box'), kind: 'select', options: allBoxes.map((value) => ({ value, label: t(`box.${value}`) })) },
    { key: 'timing', label: t('filter.timing'), kind: 'select', options: timings.map((value) => ({ value, label: t(`timing.${value}`) })) },
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() },
  ], [])
  const views = useMemo(() => boxes.map((box) => ({ id: box, name: t(`box.${box}`), filter: { box: [box] } })), [boxes])
  const shown = useMemo(() => (units ? columns.map((column) => (column.key === 'unitName' ? { ...column, hidden: false } : column)) : columns), [units])
  return (
    <>
      <ListPage<UnitRow> page="unit" title={title} columns={shown} filters={filters} views={views} load={(query, signal) => loadUnitWork(boxes[0], query, signal)} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`}
        countOf={async (filter: FilterValues, signal) => (await loadUnitWork(boxes[0], { limit: 1, ...flat(filter) }, signal)).count}
        preview={(row) => <Preview row={row} start={acts.start} />} rowActs={acts.rowActs} searchHint={t('search')} searchKey="text" topic="orders.list" exportable={can('orders.export')} empty={{ text: empty, hint: t('emptyHint') }}
        bulkActs={bulkReview ? [{ id: 'review', label: t('batchReview.act'), wholeResult: true, run: (selection) => review.run(selection, boxes[0]) }] : bulkSign ? [{ id: 'sign', label: t('batch.sign'), run: (selection) => { if (!selection.all) batch.run(selection.rows) } }] : []} />
      {acts.drawers}
      {batch.report}
      {review.report}
    </>
  )
}

const flat = (filter: FilterValues): Record<string, string> => Object.fromEntries(Object.entries(filter).map(([key, values]) => [key, values.join(',')]))

function Preview({ row, start }: { row: UnitRow; start: (row: UnitRow, act: UnitAct) => void }): ReactElement {
  const clock = clockOf(row)
  return (
    <div className="ms-stack">
      <div className="ms-row"><bdi className="ms-code">{row.number}</bdi><StateTag state={row.orderState} round={row.round} /><UrgencyTag urgency={row.urgency} /></div>
      <strong>{row.title}</strong>
      {clock ? <div><ClockChip clock={clock} /></div> : null}
      <div className="ms-row">{actsOf(row).map((act, i) => <Button key={act} type={i === 0 ? 'primary' : 'default'} onClick={() => start(row, act)}>{actLabel(act)}</Button>)}</div>
      <Facts items={[
        { label: t('col.state'), value: <AssignmentStateTag state={row.state} /> },
        { label: t('col.unit'), value: [row.unitName, row.roleName].join(' · ') },
        { label: t('col.parent'), value: row.parentUnitName, hidden: !row.parentUnitName },
        { label: t('col.handler'), value: row.handlerName, hidden: !row.handlerName },
        { label: t('col.requirement'), value: row.requirement, hidden: !row.requirement },
        { label: t('col.matter'), value: row.matterName },
        { label: t('col.requester'), value: <>{row.requesterName} <bdi>{row.contactPhoneMask}</bdi></> },
        { label: t('col.place'), value: [row.areaName, row.address].filter(Boolean).join(' ') },
        { label: t('col.dispatched'), value: <Time iso={row.dispatchedAt} /> },
        { label: t('col.signed'), value: <Time iso={row.signedAt} /> },
        { label: t('col.due'), value: <Time iso={row.dueAt} /> },
      ]} />
    </div>
  )
}
