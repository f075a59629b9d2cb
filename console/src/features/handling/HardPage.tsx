// 疑难工单: the post's pending, handled and returned orders, the ways out, and the special process.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, ListView } from '../../ui/ListPage.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { fields, opinionField } from '../orders/acts/act-form.ts'
import { words } from '../orders/acts/form-values.ts'
import { numberColumn, titleColumn } from './lists.tsx'
import { reads } from '../../ui/reads.ts'
import { RowAct } from './RowAct.tsx'
import type { RowForm } from './RowAct.tsx'
import { handleHardForm, instructForm, processForm, returnHardForm } from './row-forms.tsx'
import type { HardRow } from './row-forms.tsx'
import { t } from './texts.zh-CN.ts'

const load = reads<HardRow>('/api/order-hards')
const wayName = (way: string | null): string => (way === 'conclude' || way === 'leadAssist' || way === 'parallel' || way === 'subCentre' || way === 'up' || way === 'down' ? t(`hard.${way}`) : '–')
const columns: Column<HardRow>[] = [
  numberColumn(), titleColumn(),
  { key: 'reason', title: t('hard.reason'), width: 136, render: (row) => row.reason },
  { key: 'lead', title: t('col.lead'), width: 132, render: (row) => row.leadUnitName ?? '–' },
  { key: 'returns', title: t('col.returns'), width: 56, render: (row) => row.returnCount },
  { key: 'markedIn', title: t('col.marked'), width: 88, render: (row) => row.markedInName },
  { key: 'way', title: t('hard.way'), width: 96, render: (row) => wayName(row.way) },
  { key: 'at', title: t('col.at'), width: 112, render: (row) => <Time iso={row.endedAt ?? row.markedAt} /> },
]
type Acting = { row: HardRow; form: RowForm; name: string }

function useHardActs() {
  const { can } = useSession()
  const [acting, setActing] = useState<Acting | null>(null)
  // lower centres are offered where the desk may pass orders down
  const first = useQueryOf('listHards', { state: 'pending', limit: 1 }, { staleTime: 60_000 }).data?.items[0]
  const options = useQueryOf('dispatchOptions', { id: first?.orderId ?? '' }, { enabled: first !== undefined && can('orders.dispatch'), staleTime: 300_000 }).data
  const tenants = (options?.tenants ?? []).map((one) => ({ id: one.id, name: one.name, direction: one.direction }))
  const acts = (row: HardRow) => {
    const act = (id: string, label: string, form: () => RowForm) => ({ id, label, run: () => setActing({ row, form: form(), name: id }) })
    return [
      ...(row.mayHandle ? [act('handle', t('hard.handle'), () => handleHardForm(row, tenants)), act('process', t('hard.process'), () => processForm(row)), act('return', t('hard.return'), () => returnHardForm(row))] : []),
      ...(can('supervision.instruct') ? [act('instruct', t('hard.instruct'), () => instructForm(row))] : []),
    ]
  }
  const step = (row: HardRow, n: number) => setActing({ row, name: `step${n}`, form: { title: t('hard.doneStep'), schema: fields({ note: opinionField({ title: t('note'), maxLength: 500 }) }, ['note']), send: (v, o) => call('doneHardStep', { id: row.id, n, note: words(v, 'note') }, o) } })
  const apply = (row: HardRow, from: HardRow['offered'][number]) => setActing({ row, form: processForm(row, from), name: `apply:${from.id}` })
  return { acts, step, apply, drawer: acting ? <RowAct key={acting.name} form={acting.form} draftKey={`hard:${acting.row.id}:${acting.name}`} onClose={() => setActing(null)} /> : null }
}

export default function HardPage(): ReactElement {
  const { acts, step, apply, drawer } = useHardActs()
  const views = useMemo((): ListView[] => [{ id: 'pending', name: t('view.pending'), filter: { state: ['pending'] } }, { id: 'handled', name: t('view.handled'), filter: { state: ['handled'] } }, { id: 'returned', name: t('view.returned'), filter: { state: ['returned'] } }], [])
  return (
    <>
      <ListPage<HardRow> page="handlingHard" noSearch title={t('hards')} columns={columns} filters={[]} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="orders.list" countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        preview={(row) => <HardFacts row={row} acts={acts(row)} step={(n) => step(row, n)} apply={row.mayHandle ? (from) => apply(row, from) : undefined} />} rowActs={acts} empty={{ text: t('none') }} />
      {drawer}
    </>
  )
}

export function HardFacts({ row, acts = [], step, apply }: { row: HardRow; acts?: { id: string; label: string; run: () => void }[]; step?: (n: number) => void; apply?: (from: HardRow['offered'][number]) => void }): ReactElement {
  return (
    <div className="ms-stack">
      <div className="ms-row"><Tag tone={row.state === 'pending' ? 'over' : 'plain'}>{row.state === 'pending' ? t('view.pending') : row.state === 'handled' ? t('view.handled') : t('view.returned')}</Tag><span className="ms-hint">{row.markedByName} <Time iso={row.markedAt} /></span></div>
      <p className="ms-text">{row.reason}</p>
      {acts.length > 0 ? <div className="ms-row">{acts.map((one, i) => <Button key={one.id} size="small" type={i === 0 ? 'primary' : 'default'} onClick={one.run}>{one.label}</Button>)}</div> : null}
      {row.offered.length > 0 && row.steps.length === 0 ? <div className="ms-row"><span className="ms-hint">{t('hard.offered')}：</span>{row.offered.map((one) => (apply ? <Button key={one.id} size="small" onClick={() => apply(one)}>{one.name}</Button> : <span key={one.id}>{one.name}</span>))}</div> : null}
      {row.steps.length > 0 ? (
        <div className="ms-stack">
          <strong>{row.processName}</strong>
          {row.steps.map((one, n) => (
            <div key={one.name} className="ms-row">
              <Tag tone={one.doneAt ? 'ok' : one.overdue ? 'over' : 'plain'}>{one.doneAt ? t('hard.doneStep') : one.overdue ? t('overdue') : String(n + 1)}</Tag><span className="ms-grow">{one.name}{one.note ? <span className="ms-hint"> {one.note}</span> : null}</span>
              {one.doneAt ? <span className="ms-hint">{one.doneBy} <Time iso={one.doneAt} /></span> : <>{one.dueAt ? <Time iso={one.dueAt} /> : null}{step && row.mayManage ? <Button size="small" onClick={() => step(n)}>{t('hard.doneStep')}</Button> : null}</>}
            </div>
          ))}
        </div>
      ) : null}
      {row.endedAt ? <Facts items={[{ label: t('hard.way'), value: wayName(row.way), hidden: row.way === null }, { label: t('opinion'), value: row.opinion }, { label: t('col.by'), value: <>{row.endedByName} <Time iso={row.endedAt} /></> }]} /> : null}
    </div>
  )
}
