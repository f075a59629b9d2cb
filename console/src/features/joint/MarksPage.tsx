// 行业归属异议: objections of departments to industry marks, the leader's answer, the centre's ruling.
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
import { consentForm, ruleForm } from './row-forms.tsx'
import type { MarkRow } from './row-forms.tsx'
import { t } from './texts.zh-CN.ts'

const load = reads<MarkRow>('/api/mark-objections')
const tone = (row: MarkRow) => (row.state === 'disputed' ? 'over' : row.state === 'asked' ? 'near' : 'plain')
const columns: Column<MarkRow>[] = [
  numberColumn(), titleColumn(),
  { key: 'department', title: t('col.department'), width: 132, render: (row) => row.departmentName },
  { key: 'marking', title: t('col.marking'), width: 132, render: (row) => row.markingUnitName },
  { key: 'state', title: t('col.state'), width: 120, render: (row) => <Tag tone={tone(row)}>{row.stateName}</Tag> },
  { key: 'reason', title: t('object.reason'), width: 120, render: (row) => row.reason },
  { key: 'due', title: t('col.due'), width: 112, render: (row) => (row.state === 'asked' ? <Time iso={row.consentDueAt} /> : '–'), hidden: true },
  { key: 'at', title: t('col.at'), width: 112, render: (row) => <Time iso={row.askedAt} /> },
]
type RowActs = { id: string; label: string; run: () => void }[]

export function useMarkActs() {
  const [acting, setActing] = useState<{ row: MarkRow; form: RowForm; name: string } | null>(null)
  const acts = (row: MarkRow): RowActs => [
    ...(row.mayConsent ? [{ id: 'consent', label: t('consent.title'), run: () => setActing({ row, form: consentForm(row), name: 'consent' }) }] : []),
    ...(row.mayRule ? [{ id: 'rule', label: t('rule.title'), run: () => setActing({ row, form: ruleForm(row), name: 'rule' }) }] : []),
  ]
  return { acts, drawer: acting ? <RowAct key={acting.name} form={acting.form} draftKey={`mark:${acting.row.id}:${acting.name}`} onClose={() => setActing(null)} /> : null }
}

export default function MarksPage(): ReactElement {
  const { can } = useSession()
  const { acts, drawer } = useMarkActs()
  const unit = can(['orders.handle', 'orders.approve'])
  const views = useMemo((): ListView[] => [
    ...(unit ? [{ id: 'mine', name: t('view.toAnswer'), filter: { mine: ['true'] } }] : []), { id: 'disputed', name: t('view.disputed'), filter: { box: ['disputed'] } }, { id: 'asked', name: t('view.asked'), filter: { box: ['asked'] } }, { id: 'ended', name: t('view.ruled'), filter: { box: ['ended'] } },
  ], [unit])
  return (
    <>
      <ListPage<MarkRow> page="jointMarks" noSearch title={t('marks')} columns={columns} filters={[]} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="orders.list" countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        preview={(row) => <MarkFacts row={row} acts={acts(row)} />} rowActs={acts} empty={{ text: t('none') }} />
      {drawer}
    </>
  )
}

export function MarkFacts({ row, acts }: { row: MarkRow; acts: RowActs }): ReactElement {
  return (
    <div className="ms-stack">
      <div className="ms-row"><Tag tone={tone(row)}>{row.stateName}</Tag><span className="ms-hint">{row.askedByName} <Time iso={row.askedAt} /></span></div>
      <p className="ms-text">{row.reason}</p>
      {acts.length > 0 ? <div className="ms-row">{acts.map((one, i) => <Button key={one.id} size="small" type={i === 0 ? 'primary' : 'default'} onClick={one.run}>{one.label}</Button>)}</div> : null}
      <Facts items={[
        { label: t('col.department'), value: row.departmentName }, { label: t('col.class'), value: row.className, hidden: row.className === null }, { label: t('col.marking'), value: row.markingUnitName },
        { label: t('consent.title'), value: <>{row.consentOpinion} {row.consentByName} {row.consentAt ? <Time iso={row.consentAt} /> : null}</>, hidden: row.consentOpinion === null },
        { label: t('rule.title'), value: <>{row.newDepartmentName ?? t('rule.cancel')}：{row.rulingOpinion} {row.ruledByName} {row.ruledAt ? <Time iso={row.ruledAt} /> : null}</>, hidden: row.rulingOpinion === null },
      ]} />
    </div>
  )
}
