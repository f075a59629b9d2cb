// 不满意复查: what requesters were dissatisfied with, examined before it goes back to the units or is archived with the answer kept (ORD-60).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, ListView } from '../../ui/ListPage.tsx'
import { Facts, Time } from '../../ui/Page.tsx'
import { reads } from '../../ui/reads.ts'
import { Tag } from '../../ui/Tags.tsx'
import { numberColumn, titleColumn } from '../handling/lists.tsx'
import { RowAct } from '../handling/RowAct.tsx'
import type { RowForm } from '../handling/RowAct.tsx'
import { fields, opinionField } from '../orders/acts/act-form.ts'
import { words } from '../orders/acts/form-values.ts'
import { t } from './texts.zh-CN.ts'

type Row = OutputOf<'listReexaminations'>['items'][number]
const load = reads<Row>('/api/order-reexaminations')
const states = ['pending', 'redo', 'kept'] as const

const columns: Column<Row>[] = [
  numberColumn(), titleColumn(),
  { key: 'reason', title: t('again.reason'), width: 220, render: (row) => row.reason },
  { key: 'unit', title: t('again.unit'), width: 150, render: (row) => row.leadUnitName ?? '–' },
  { key: 'round', title: t('again.round'), width: 72, render: (row) => t('again.nth', { n: row.round }) },
  { key: 'state', title: t('again.state'), width: 92, render: (row) => <Outcome row={row} />, text: (row) => t(`again.${row.state}`) },
  { key: 'at', title: t('again.at'), width: 112, render: (row) => <Time iso={row.decidedAt ?? row.askedAt} /> },
]

const Outcome = ({ row }: { row: Row }): ReactElement => <Tag tone={row.state === 'pending' ? 'near' : row.state === 'redo' ? 'over' : 'plain'}>{t(`again.${row.state}`)}</Tag>
const choice = (title: string, yes: string, no: string) => ({ type: 'string' as const, title, oneOf: [{ const: 'yes', title: yes }, { const: 'no', title: no }], 'x-buttons': true })
const answers = ['compliant', 'effective', 'confirmed', 'demanded'] as const

const form = (row: Row): RowForm => ({
  title: t('again.decide'), submitLabel: t('again.submit'), sub: <><bdi className="ms-code">{row.number}</bdi> {row.title}</>, side: <Said row={row} />,
  notice: ({ value }) => (answers.some((key) => value[key] === undefined) ? t('again.effect') : value.demanded === 'yes' || value.compliant === 'no' || value.effective === 'no' ? t('again.goesBack', { unit: row.leadUnitName ?? '', n: row.round + 1 }) : t('again.isKept')),
  schema: fields({
    compliant: choice(t('again.compliant'), t('again.yes'), t('again.no')), effective: choice(t('again.effective'), t('again.yes'), t('again.no')), confirmed: choice(t('again.confirmed'), t('again.done'), t('again.notYet')),
    demanded: choice(t('again.demanded'), t('again.insists'), t('again.accepts')), opinion: opinionField({ title: t('again.opinion') }),
  }, [...answers]),
  send: (v, o) => call('decideReexamination', { id: row.id, compliant: v.compliant === 'yes', effective: v.effective === 'yes', confirmed: v.confirmed === 'yes', demanded: v.demanded === 'yes', opinion: v.opinion ? words(v, 'opinion') : '', version: row.version }, o),
})

function Said({ row }: { row: Row }): ReactElement {
  const said = (value: boolean | null, yes: string, no: string) => (value === null ? '–' : value ? yes : no)
  return (
    <div className="ms-stack">
      <Facts columns={1} items={[
        { label: t('again.reason'), value: row.reason }, { label: t('again.reply'), value: <span className="ms-pre">{row.reply ?? '–'}</span> }, { label: t('again.unit'), value: row.leadUnitName ?? '–' }, { label: t('again.at'), value: <Time iso={row.askedAt} /> },
      ]} />
      {row.state === 'pending' ? null : (
        <Facts columns={1} items={[
          { label: t('again.compliant'), value: said(row.compliant, t('again.yes'), t('again.no')) }, { label: t('again.effective'), value: said(row.effective, t('again.yes'), t('again.no')) }, { label: t('again.confirmed'), value: said(row.confirmed, t('again.done'), t('again.notYet')) },
          { label: t('again.demanded'), value: said(row.demanded, t('again.insists'), t('again.accepts')) }, { label: t('again.opinion'), value: row.opinion ?? '–' }, { label: t('again.by'), value: <>{row.decidedByName} <Time iso={row.decidedAt} /></> },
        ]} />
      )}
    </div>
  )
}

export default function ReexaminationsPage(): ReactElement {
  const [row, setRow] = useState<Row | null>(null)
  const views = useMemo((): ListView[] => states.map((state) => ({ id: state, name: t(`again.${state}`), filter: { state: [state] } })), [])
  const acts = (one: Row) => (one.mayDecide ? [{ id: 'decide', label: t('again.decide'), run: () => setRow(one) }] : [])
  return (
    <>
      <ListPage<Row> page="reexaminations" noSearch title={t('again.title')} columns={columns} filters={[]} views={views} load={load} rowKey={(one) => one.id} open={(one) => `/orders/${one.number}`} topic="orders.list" countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        preview={(one) => <div className="ms-stack"><div className="ms-row"><Outcome row={one} />{acts(one).map((act) => <Button key={act.id} size="small" type="primary" onClick={act.run}>{act.label}</Button>)}</div><Said row={one} /></div>} rowActs={acts} empty={{ text: t('again.none') }} />
      {row ? <RowAct form={form(row)} draftKey={`reexamine:${row.id}`} onClose={() => setRow(null)} /> : null}
    </>
  )
}
