// 督办申诉: against cards and tasks, with the ruling.
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { unitLoader } from '../orders/pickers.ts'
import { reads } from '../../ui/reads.ts'
import { rulingForm, sendRuling } from './TaskPage.tsx'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'

type Row = OutputOf<'listSupervisionAppeals'>['items'][number]
const load = reads<Row>('/api/supervision/appeals')
const columns: Column<Row>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'object', title: w('object'), width: 90, render: (row) => w(row.objectKind) },
  { key: 'state', title: t('col.state'), width: 110, render: (row) => <Tag tone={row.state === 'upheld' ? 'ok' : row.state === 'refused' ? 'over' : 'near'}>{row.stateName}</Tag> },
  { key: 'title', title: t('col.title'), width: 180, wide: true, render: (row) => row.title },
  { key: 'unit', title: t('col.unit'), width: 150, render: (row) => row.unitName },
  { key: 'ground', title: w('ground'), width: 120, render: (row) => row.groundName },
  { key: 'content', title: t('col.content'), width: 200, render: (row) => row.content },
  { key: 'created', title: w('appealed'), width: 104, render: (row) => <Time iso={row.createdAt} /> },
  { key: 'opinion', title: w('ruling'), width: 160, render: (row) => row.opinion },
]

export default function AppealsPage(): ReactElement {
  const [ruling, setRuling] = useState<Row | null>(null)
  const [version, setVersion] = useState(0)
  const filters = useMemo((): Filter[] => [
    { key: 'state', label: t('col.state'), kind: 'select', options: [{ value: 'pending', label: w('pendingAppeal') }, { value: 'upheld', label: w('uphold') }, { value: 'refused', label: w('refuse') }] },
    { key: 'objectKind', label: w('object'), kind: 'select', options: (['card', 'task'] as const).map((value) => ({ value, label: w(value) })) },
    { key: 'unitId', label: t('filter.unit'), kind: 'pick', loader: unitLoader() }, { key: 'below', label: t('filter.below'), kind: 'boolean' },
  ], [])
  const views = useMemo((): ListView[] => [{ id: 'pending', name: w('pendingAppeal'), filter: { state: ['pending'] } }, { id: 'all', name: w('allInstructions'), filter: {} }], [])
  return (
    <>
      <ListPage<Row> key={version} page="supervisionAppeals" noSearch title={w('appeals')} columns={columns} filters={filters} views={views} load={load} rowKey={(row) => row.id} open={(row) => (row.objectKind === 'task' ? `/supervision/tasks/${row.objectId}` : `/orders/${row.number}`)} topic="supervision.board" empty={{ text: w('noAppeals') }}
        countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count} rowActs={(row) => (row.mayDecide ? [{ id: 'rule', label: w('decideAppeal'), run: () => setRuling(row) }] : [])} />
      {ruling ? (
        <ActDrawer open onClose={() => setRuling(null)} title={w('decideAppeal')} sub={<><bdi className="ms-code">{ruling.number}</bdi> {ruling.unitName}</>} submitLabel={w('decideAppeal')} notice={`${ruling.groundName}：${ruling.content}`} draftKey={`appeal:${ruling.id}`} schema={rulingForm()}
          submit={async (v) => {
            await sendRuling(ruling.id)(v)
            say(w('done', { act: w('decideAppeal') }))
            setVersion((n) => n + 1)
          }} />
      ) : null}
    </>
  )
}
