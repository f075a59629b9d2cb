// 督办规则: rules and templates by what they do, with state and test.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useNavigate } from 'react-router'
import { ListPage } from '../../ui/ListPage.tsx'
import { request } from '../../api/http.ts'
import type { Column, Filter, ListResult, ListView } from '../../ui/ListPage.tsx'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { RuleRow } from './lists.ts'
import { RuleEditor } from './RuleEditor.tsx'
import { w } from './words.zh-CN.ts'

const effects = ['task', 'alert', 'finding', 'list'] as const
const columns: Column<RuleRow>[] = [
  { key: 'name', title: w('ruleName'), width: 180, render: (row) => <>{row.name}{row.template ? <> <Tag tone="calm">{w('templates')}</Tag></> : null}</>, text: (row) => row.name },
  { key: 'effect', title: w('effect'), width: 110, render: (row) => row.effectName },
  { key: 'conditions', title: w('conditions'), width: 320, wide: true, render: (row) => row.conditionsText },
  { key: 'state', title: w('ruleState'), width: 90, render: (row) => <Tag tone={row.state === 'effective' ? 'ok' : 'calm'}>{row.stateName}</Tag> },
  { key: 'test', title: w('testState'), width: 150, render: (row) => <>{w('version', { n: row.number })} {row.number === row.effectiveNumber ? null : <Tag tone={row.versionState === 'passed' ? 'ok' : row.versionState === 'failed' ? 'over' : 'near'}>{row.versionStateName}</Tag>}</> },
  { key: 'updated', title: w('updated'), width: 104, render: (row) => <Time iso={row.updatedAt} /> },
]
const load = async (query: Record<string, unknown>, signal?: AbortSignal): Promise<ListResult<RuleRow>> => {
  const { cursor: _cursor, limit: _limit, ...rest } = query
  const { items } = await request<{ items: RuleRow[] }>('GET', '/api/supervision/rules', rest, { signal })
  return { items, next: null, count: { value: items.length, capped: false } }
}

export default function RulesPage(): ReactElement {
  const navigate = useNavigate()
  const [creating, setCreating] = useState<'rule' | 'template' | null>(null)
  const filters = useMemo((): Filter[] => [{ key: 'effect', label: w('effect'), kind: 'select', options: effects.map((value) => ({ value, label: w(`e.${value}`) })) }, { key: 'template', label: w('templates'), kind: 'boolean' }], [])
  const views = useMemo((): ListView[] => [...effects.map((effect) => ({ id: effect, name: w(`e.${effect}`), filter: { effect: [effect], template: ['false'] } })), { id: 'templates', name: w('templates'), filter: { template: ['true'] } }], [])
  return (
    <>
      <ListPage<RuleRow> page="supervisionRules" noSearch title={w('rules')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => `/supervision/rules/${row.id}`} empty={{ text: w('ruleNone') }} acts={<><Button onClick={() => setCreating('template')}>{w('newTemplate')}</Button><Button type="primary" onClick={() => setCreating('rule')}>{w('newRule')}</Button></>} countOf={async (filter, signal) => (await load({ ...filter }, signal)).count} />
      {creating ? <RuleEditor rule={null} template={creating === 'template'} onClose={() => setCreating(null)} onDone={(id) => void navigate(`/supervision/rules/${id}`)} /> : null}
    </>
  )
}
