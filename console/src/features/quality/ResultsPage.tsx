// Results: who, what, machine and person apart; each opens its desk, the list goes into a table file.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Filter, ListResult } from '../../ui/ListPage.tsx'
import { columnOf as c, kinds, type Task } from './columns.tsx'
import { t } from './texts.zh-CN.ts'
import './quality.css'

export default function ResultsPage(): ReactElement {
  const plans = useQueryOf('listQualityPlans', {}, { staleTime: 60_000 })
  const options = useQueryOf('qualityPlanOptions', {}, { staleTime: 60_000 })
  const rules = useQueryOf('listQualityRules', {}, { staleTime: 60_000 })
  const sheets = useQueryOf('listQualitySheets', {}, { staleTime: 60_000 })
  const filters = useMemo((): Filter[] => {
    const items = new Map((sheets.data?.items ?? []).flatMap((sheet) => sheet.definition.groups.flatMap((group) => group.items.map((item) => [item.code, item.name] as const))))
    return [
      { key: 'period', label: t('col.concluded'), kind: 'dates', keys: ['from', 'to'] },
      { key: 'kind', label: t('col.kind'), kind: 'select', options: kinds },
      { key: 'planId', label: t('col.plan'), kind: 'select', options: (plans.data?.items ?? []).map((one) => ({ value: one.id, label: one.name })) },
      { key: 'agentId', label: t('col.agent'), kind: 'select', options: (options.data?.agents ?? []).map((one) => ({ value: one.id, label: one.name })) },
      { key: 'inspectorId', label: t('col.inspector'), kind: 'select', options: (options.data?.inspectors ?? []).map((one) => ({ value: one.id, label: one.name })) },
      { key: 'team', label: t('col.team'), kind: 'select', options: (options.data?.teams ?? []).map((value) => ({ value, label: value })) },
      { key: 'passed', label: t('passed'), kind: 'boolean' }, { key: 'violation', label: t('violation'), kind: 'boolean' }, { key: 'abnormal', label: t('abnormal'), kind: 'boolean' },
      { key: 'item', label: t('items'), kind: 'select', options: [...items].map(([value, label]) => ({ value, label })) },
      { key: 'ruleId', label: t('rulesHit'), kind: 'select', options: (rules.data?.items ?? []).map((one) => ({ value: one.id, label: `${one.name}（${one.kindName}）` })) },
    ]
  }, [plans.data, options.data, rules.data, sheets.data])
  return (
    <ListPage<Task> page="qualityResults" title={t('results')} exportable topic="quality.tasks" filters={filters} fixed={{ box: ['concluded'], state: ['concluded'] }} load={(query, signal) => request<ListResult<Task>>('GET', '/api/quality/tasks', { ...query, box: 'concluded', state: 'concluded' }, { signal })} rowKey={(row) => row.id} open={(row) => `/quality/inspect/${row.id}`}
      columns={[c.object, c.kind, c.agent, c.team, c.unit, c.machine, c.human, c.points, c.marks, c.inspector, c.plan, c.at, c.concluded]} empty={{ text: t('resultsNone') }} />
  )
}
