// 吹哨报到: whistles of the streets and of the centre, who came, who is late.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSession } from '../../app/session.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, ListView } from '../../ui/ListPage.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { numberColumn, titleColumn } from '../handling/lists.tsx'
import { reads } from '../../ui/reads.ts'
import { RowAct } from '../handling/RowAct.tsx'
import type { RowForm } from '../handling/RowAct.tsx'
import { useOrderActs } from '../orders/acts/index.ts'
import { agreeForm, correctForm, endWhistleForm, releaseForm, reportForm } from './row-forms.tsx'
import type { WhistleRow } from './row-forms.tsx'
import { t } from './texts.zh-CN.ts'

const load = reads<WhistleRow>('/api/order-whistles')
const columns: Column<WhistleRow>[] = [
  numberColumn(), titleColumn(),
  { key: 'unit', title: t('col.unit'), width: 136, render: (row) => row.unitName ?? '–' },
  { key: 'state', title: t('col.state'), width: 120, render: (row) => <WhistleState row={row} /> },
  { key: 'called', title: t('col.called'), width: 120, render: (row) => (row.calls.length === 0 ? '–' : <>{row.calls.filter((one) => one.state === 'reported').length}/{row.calls.filter((one) => one.state === 'called' || one.state === 'reported').length} {row.late > 0 ? <Tag tone="over">{t('late', { n: row.late })}</Tag> : null}</>) },
  { key: 'place', title: t('col.place'), width: 160, render: (row) => row.place ?? '–', hidden: true },
  { key: 'due', title: t('col.due'), width: 112, render: (row) => <Time iso={row.dueAt} /> },
  { key: 'at', title: t('col.at'), width: 112, render: (row) => <Time iso={row.blownAt ?? row.markedAt} /> },
]
type Acting = { row: WhistleRow; name: string; form: RowForm }
type RowActs = { id: string; label: string; run: () => void }[]

export function WhistleState({ row }: { row: WhistleRow }): ReactElement {
  return <span className="ms-row"><Tag tone={row.state === 'wanted' ? 'near' : row.state === 'blown' ? 'primary' : 'plain'}>{t(`state.${row.state}`)}</Tag>{row.supplementary ? <Tag tone="over">{t('supplementary')}</Tag> : null}</span>
}

export function useWhistleActs() {
  const [acting, setActing] = useState<Acting | null>(null)
  const [order, setOrder] = useState<WhistleRow | null>(null)
  const onOrder = useOrderActs(order ? { id: order.orderId, number: order.number, title: order.title } : undefined)
  const acts = (row: WhistleRow): RowActs => {
    const act = (name: string, label: string, form: () => RowForm) => ({ id: name, label, run: () => setActing({ row, name, form: form() }) })
    return [
      ...(row.calls.some((one) => one.mayReport) ? [act('report', t('report.title'), () => reportForm(row))] : []),
      ...(row.maySupplement ? [{ id: 'supplement', label: t('supplement.title'), run: () => { setOrder(row); onOrder.open('supplementWhistle') } }] : []),
      ...(row.calls.some((one) => one.mayAgree) ? [act('agree', t('agree.title'), () => agreeForm(row))] : []),
      ...(row.calls.some((one) => one.mayRelease) ? [act('release', t('release.title'), () => releaseForm(row))] : []),
      ...(row.mayCorrect ? [act('correct', t('correct.title'), () => correctForm(row))] : []),
      ...(row.mayEnd ? [act('end', row.state === 'wanted' ? t('unmark.title') : t('endWhistle.title'), () => endWhistleForm(row))] : []),
    ]
  }
  return { acts, drawer: <>{acting ? <RowAct key={acting.name} form={acting.form} draftKey={`whistle:${acting.row.id}:${acting.name}`} onClose={() => setActing(null)} /> : null}{onOrder.drawers}</> }
}

export default function WhistlesPage(): ReactElement {
  const { can } = useSession()
  const { acts, drawer } = useWhistleActs()
  const unit = can(['orders.handle', 'orders.approve'])
  const views = useMemo((): ListView[] => [
    ...(unit ? [{ id: 'mine', name: t('view.mine'), filter: { mine: ['true'] } }] : []), { id: 'blown', name: t('view.blown'), filter: { state: ['blown'] } }, { id: 'late', name: t('view.late'), filter: { late: ['true'] } },
    ...(unit ? [] : [{ id: 'wanted', name: t('view.wanted'), filter: { state: ['wanted'] } }]), { id: 'notTakenUp', name: t('view.notTakenUp'), filter: { notTakenUp: ['true'] } }, { id: 'ended', name: t('view.ended'), filter: { state: ['ended'] } },
  ], [unit])
  return (
    <>
      <ListPage<WhistleRow> page="jointWhistles" noSearch title={t('whistles')} columns={columns} filters={[]} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="orders.list" countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        preview={(row) => <WhistleFacts row={row} acts={acts(row)} />} rowActs={acts} empty={{ text: t('none') }} />
      {drawer}
    </>
  )
}

const callTone = (one: WhistleRow['calls'][number]) => (one.late ? 'over' : one.state === 'reported' ? 'ok' : one.state === 'called' ? 'near' : 'plain')

export function WhistleFacts({ row, acts }: { row: WhistleRow; acts: RowActs }): ReactElement {
  return (
    <div className="ms-stack">
      <div className="ms-row"><WhistleState row={row} /><span className="ms-hint">{row.blownByName ?? row.markedByName} <Time iso={row.blownAt ?? row.markedAt} /></span></div>
      <p className="ms-text">{row.reason ?? row.markReason}</p>
      {acts.length > 0 ? <div className="ms-row">{acts.map((one, i) => <Button key={one.id} size="small" type={i === 0 ? 'primary' : 'default'} onClick={one.run}>{one.label}</Button>)}</div> : null}
      <Facts items={[{ label: t('col.unit'), value: row.unitName, hidden: row.unitName === null }, { label: t('col.place'), value: row.place, hidden: row.place === null }, { label: t('col.due'), value: <Time iso={row.dueAt} />, hidden: row.dueAt === null }, { label: t('view.ended'), value: row.endKindName, hidden: row.endKindName === null }]} />
      {row.calls.map((one) => (
        <div key={one.unitId}>
          <div className="ms-row"><span className="ms-grow">{one.unitName}</span><Tag tone={callTone(one)}>{t(`call.${one.state}`)}</Tag>{one.late ? <Tag tone="over">{t('overdue')}</Tag> : null}{one.agreedByName && one.state === 'called' ? <Tag>{t('call.agreed')}</Tag> : null}</div>
          {one.result ? <div className="ms-text">{one.result}</div> : null}
          {one.reportedAt ? <span className="ms-hint">{one.person} <Time iso={one.reportedAt} /></span> : one.endReason ? <span className="ms-hint">{one.endReason}</span> : one.agreeNote ? <span className="ms-hint">{one.agreeNote}</span> : null}
        </div>
      ))}
    </div>
  )
}
