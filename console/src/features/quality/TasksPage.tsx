// What waits for an inspector: own tasks, the pool, second looks; managers hand out and withdraw in batch.
import { Segmented } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Filter, ListResult } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { cappedCount } from '../../ui/numbers.ts'
import { useAct } from '../../ui/use-act.ts'
import { columnOf as c, kinds, type Task } from './columns.tsx'
import { t } from './texts.zh-CN.ts'
import './quality.css'

const boxes = ['mine', 'pool', 'review', 'open', 'unchecked'] as const
type Box = (typeof boxes)[number]

export default function TasksPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const box: Box = boxes.find((one) => one === search.get('box')) ?? 'mine'
  const counts = useQueryOf('qualityTaskCounts', {}, { refetchEvery: 60_000 })
  const options = useQueryOf('qualityPlanOptions', {}, { staleTime: 60_000, enabled: can('quality.manage') })
  const [act, setAct] = useState<{ kind: 'assign' | 'withdraw'; ids: string[] } | null>(null)
  const send = useAct('listQualityTasks', 'qualityTaskCounts', 'list', 'homeCounts')
  const filters = useMemo((): Filter[] => [
    { key: 'kind', label: t('col.kind'), kind: 'select', options: kinds },
    { key: 'highRisk', label: t('highRisk'), kind: 'boolean' },
  ], [])
  const columns = box === 'unchecked' ? [c.object, c.kind, c.agent, c.plan, c.cause, c.state, c.at] : [c.object, c.kind, c.agent, c.team, c.state, c.why, c.machine, c.inspector, c.due, c.plan, c.at]
  const ids = (selection: { all: boolean; ids?: string[] }): string[] => selection.ids ?? []
  return (
    <>
      <ListPage<Task> key={box} page={`qualityTasks.${box}`} title={t('tasks')} topic="quality.tasks" columns={columns} filters={filters} fixed={{ box: [box] }} load={(query, signal) => request<ListResult<Task>>('GET', '/api/quality/tasks', { ...query, box }, { signal })} rowKey={(row) => row.id} open={(row) => `/quality/inspect/${row.id}?box=${box}`}
        acts={<Segmented<Box> value={box} options={boxes.map((value) => ({ value, label: <>{t(`box.${value}`)} <span className="ms-muted">{counts.data ? cappedCount(counts.data[value]) : ''}</span></> }))} onChange={(next) => setSearch({ box: next }, { replace: true })} />}
        {...(can('quality.manage') ? { bulkActs: [{ id: 'assign', label: t('assign'), run: (s) => setAct({ kind: 'assign', ids: ids(s) }) }, { id: 'withdraw', label: t('withdraw'), danger: true, run: (s) => setAct({ kind: 'withdraw', ids: ids(s) }) }] } : {})}
        empty={{ text: t('tasksNone'), hint: t('tasksNoneHint') }} />
      {act?.kind === 'assign' ? (
        <ActDrawer open onClose={() => setAct(null)} title={t('assign')} sub={`${act.ids.length}`} submitLabel={t('assign')}
          schema={{ type: 'object', required: [], properties: { inspectorId: { type: 'string', title: t('assignTo'), description: t('backToPool'), oneOf: (options.data?.inspectors ?? []).map((one) => ({ const: one.id, title: one.name })) } } }}
          submit={async (values) => { const done = await send('assignQualityTasks', { ids: act.ids, inspectorId: values.inspectorId ?? null }); say(t('assigned', { n: done.done })); if (done.refused[0]) say(t('refusedSome', { n: done.refused.length, why: done.refused[0].reason }), 'over') }} onDone={() => setAct(null)} />
      ) : null}
      {act?.kind === 'withdraw' ? <ActDrawer open onClose={() => setAct(null)} title={t('withdraw')} submitLabel={t('withdraw')} schema={{ type: 'object', required: ['reason'], properties: { reason: { type: 'string', format: 'textarea', title: t('withdrawReason'), maxLength: 200 } } }} submit={async (values) => { const done = await send('withdrawQualityTasks', { ids: act.ids, reason: values.reason }); say(t('withdrawn', { n: done.done })) }} onDone={() => setAct(null)} /> : null}
    </>
  )
}
