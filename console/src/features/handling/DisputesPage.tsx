// 挂办工单池: contested orders, what the departments say, and the decision.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSession } from '../../app/session.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, ListView } from '../../ui/ListPage.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { numberColumn, titleColumn } from './lists.tsx'
import { reads } from '../../ui/reads.ts'
import { RowAct } from './RowAct.tsx'
import { adjudicateForm, inviteForm, voiceForm } from './row-forms.tsx'
import type { DisputeRow } from './row-forms.tsx'
import { saidBy, Voices, VoicesLine } from './Voices.tsx'
import { t } from './texts.zh-CN.ts'

const load = reads<DisputeRow>('/api/order-disputes')
const columns: Column<DisputeRow>[] = [
  numberColumn(), titleColumn(200),
  // what the departments quarrel about is what one decides by: it has the room that is left
  { key: 'difficulty', title: t('col.difficulty'), width: 320, wide: true, render: (row) => row.difficulty, text: (row) => row.difficulty },
  { key: 'voices', title: t('col.voices'), width: 148, text: saidBy, render: (row) => <VoicesLine list={row.voices} /> },
  { key: 'to', title: t('col.to'), width: 132, yields: 2, render: (row) => row.decidedUnits.map((one) => one.unitName).join('、') || '–' },
  { key: 'by', title: t('col.by'), width: 80, yields: 1, render: (row) => row.decidedByName ?? row.proposedByName },
  { key: 'at', title: t('col.at'), width: 104, render: (row) => <Time iso={row.decidedAt ?? row.approvedAt} /> },
]
type Acting = { row: DisputeRow; act: 'decide' | 'voice' | 'invite' }
const forms = { decide: adjudicateForm, voice: voiceForm, invite: inviteForm }

export function useDisputeActs() {
  const [acting, setActing] = useState<Acting | null>(null)
  const acts = (row: DisputeRow) => [
    ...(row.mayDecide ? [{ id: 'decide', label: t('adjudicate.title'), run: () => setActing({ row, act: 'decide' }) }, { id: 'invite', label: t('invite.title'), run: () => setActing({ row, act: 'invite' }) }] : []),
    ...(row.maySpeak ? [{ id: 'voice', label: t('voice.title'), run: () => setActing({ row, act: 'voice' }) }] : []),
  ]
  const drawer = acting ? <RowAct key={acting.act} form={forms[acting.act](acting.row)} draftKey={`dispute:${acting.row.id}:${acting.act}`} onClose={() => setActing(null)} /> : null
  return { acts, drawer }
}

export default function DisputesPage(): ReactElement {
  const { can } = useSession()
  const { acts, drawer } = useDisputeActs()
  const unit = can(['orders.handle', 'orders.approve']) && !can('orders.adjudicate')
  const views = useMemo((): ListView[] => [
    ...(unit ? [{ id: 'mine', name: t('view.mine'), filter: { state: ['pool'], mine: ['true'] } }] : []), { id: 'pool', name: t('view.pool'), filter: { state: ['pool'] } }, { id: 'decided', name: t('view.decided'), filter: { state: ['decided'] } },
  ], [unit])
  return (
    <>
      <ListPage<DisputeRow> page="handlingDisputes" noSearch title={t('disputes')} columns={columns} filters={[]} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="orders.list" countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        preview={(row) => <DisputeFacts row={row} acts={acts(row)} />} rowActs={acts} empty={{ text: t('none') }} />
      {drawer}
    </>
  )
}

export function DisputeFacts({ row, acts }: { row: DisputeRow; acts: { id: string; label: string; run: () => void }[] }): ReactElement {
  return (
    <div className="ms-stack">
      <div className="ms-row"><Tag tone={row.state === 'pool' ? 'near' : 'plain'}>{row.state === 'pool' ? t('view.pool') : t('view.decided')}</Tag><span className="ms-hint">{row.proposedByName} <Time iso={row.approvedAt} /></span></div>
      <p className="ms-text">{row.difficulty}</p>
      {acts.length > 0 ? <div className="ms-row">{acts.map((one, i) => <Button key={one.id} size="small" type={i === 0 ? 'primary' : 'default'} onClick={one.run}>{one.label}</Button>)}</div> : null}
      <Voices list={row.voices} />
      {row.decidedAt ? <Facts items={[{ label: t('adjudicate.body'), value: row.decidingBody }, { label: t('col.to'), value: row.decidedUnits.map((one) => one.unitName).join('、') }, { label: t('opinion'), value: row.opinion }, { label: t('col.by'), value: <>{row.decidedByName} <Time iso={row.decidedAt} /></> }]} /> : null}
    </div>
  )
}
