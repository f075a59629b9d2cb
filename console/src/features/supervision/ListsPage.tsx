// 考核前提醒: lists that open their orders before the period ends.
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, ListQuery, ListResult } from '../../ui/ListPage.tsx'
import { cappedCount } from '../../ui/numbers.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { StateTag, UrgencyTag } from '../../ui/Tags.tsx'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'
import './supervision.css'

type Row = OutputOf<'supervisionListRows'>['items'][number]
const columns: Column<Row>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'title', title: t('col.title'), width: 260, wide: true, render: (row) => <><UrgencyTag urgency={row.urgency} /> {row.title}</>, text: (row) => row.title },
  { key: 'state', title: t('col.orderState'), width: 120, render: (row) => <StateTag state={row.state} /> },
  { key: 'unit', title: t('col.unit'), width: 170, render: (row) => row.unitName },
  { key: 'due', title: t('col.nextDue'), width: 112, render: (row) => <Time iso={row.nextDueAt} /> },
  { key: 'registered', title: t('col.registered'), width: 112, render: (row) => <Time iso={row.registeredAt} /> },
]

export default function ListsPage(): ReactElement {
  const [search] = useSearchParams()
  const lists = useQueryOf('supervisionLists', {}, { refetchEvery: 60_000 })
  useTopic('supervision.board', ['supervisionLists'])
  const chosen = search.get('list') ?? lists.data?.items.find((list) => list.count.value > 0)?.id ?? lists.data?.items[0]?.id
  const load = useMemo(() => (query: ListQuery, signal?: AbortSignal) => {
    const rest = Object.fromEntries(Object.entries(query).filter(([key]) => key !== 'list'))
    return request<ListResult<Row>>('GET', `/api/supervision/lists/${chosen ?? ''}`, rest, { signal })
  }, [chosen])
  return (
    <Page fill title={w('lists')}>
      <Section title={w('lists')} extra={<span className="ms-hint">{w('listsHint')}</span>}>
        <QueryView query={lists} lines={2}>
          {(data) => (data.items.length === 0 ? <Empty kind="done" text={w('noList')} /> : (
            <div className="ms-watch-figures">{data.items.map((list) => <Figure key={list.id} label={list.name} value={cappedCount(list.count)} to={`/supervision/lists?list=${list.id}`} {...(list.count.value > 0 && /超期|超时/.test(list.name) ? { tone: 'over' as const } : {})} definition={{ definition: list.text }} />)}</div>
          ))}
        </QueryView>
      </Section>
      {chosen ? <div className="ms-board-list"><ListPage<Row> key={chosen} embedded page="supervisionLists" noSearch title={lists.data?.items.find((list) => list.id === chosen)?.name ?? w('listRows')} columns={columns} filters={[]} load={load} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} topic="supervision.board" empty={{ text: t('none.orders') }} /></div> : null}
    </Page>
  )
}
