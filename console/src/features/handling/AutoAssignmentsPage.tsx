// 自动交办: what rules dispatched, and what people say of it.
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, ListView } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { numberColumn, titleColumn } from './lists.tsx'
import { reads } from '../../ui/reads.ts'
import { RowAct } from './RowAct.tsx'
import { judgeForm } from './row-forms.tsx'
import type { AutoRow } from './row-forms.tsx'
import { t } from './texts.zh-CN.ts'

const load = reads<AutoRow>('/api/auto-assignments')
const columns: Column<AutoRow>[] = [
  numberColumn(), titleColumn(),
  { key: 'rule', title: t('col.rule'), width: 136, render: (row) => `${row.ruleName} v${row.ruleVersion}` },
  { key: 'to', title: t('col.to'), width: 140, render: (row) => row.units.map((one) => one.unitName).join('、') },
  { key: 'state', title: t('col.state'), width: 136, render: (row) => <><Tag tone={row.state === 'dispatched' ? 'ok' : 'over'}>{t(`auto.${row.state}`)}</Tag> {row.why}</> },
  { key: 'verdict', title: t('col.verdict'), width: 72, render: (row) => (row.verdict ? <Tag tone={row.verdict === 'right' ? 'ok' : 'over'}>{t(`auto.${row.verdict}`)}</Tag> : '–') },
  { key: 'at', title: t('col.at'), width: 112, render: (row) => <Time iso={row.at} /> },
]

export default function AutoAssignmentsPage(): ReactElement {
  const [acting, setActing] = useState<AutoRow | null>(null)
  const views = useMemo((): ListView[] => [{ id: 'unjudged', name: t('view.unjudged'), filter: { verdict: ['none'], state: ['dispatched'] } }, { id: 'wrong', name: t('view.wrong'), filter: { verdict: ['wrong'] } }, { id: 'failed', name: t('view.notDone'), filter: { state: ['failed'] } }, { id: 'all', name: t('view.all'), filter: {} }], [])
  return (
    <>
      <ListPage<AutoRow> page="handlingAuto" noSearch title={t('auto.title')} columns={columns} filters={[]} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="orders.list" countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count}
        rowActs={(row) => (row.mayJudge ? [{ id: 'judge', label: t('auto.judge'), run: () => setActing(row) }] : [])} empty={{ text: t('none') }} />
      {acting ? <RowAct form={judgeForm(acting)} draftKey={`auto:${acting.id}`} onClose={() => setActing(null)} /> : null}
    </>
  )
}
