// The list engine on sample orders.
import type { ReactElement } from 'react'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Time } from '../../ui/Page.tsx'
import { ClockChip, StateTag, UrgencyTag } from '../../ui/Tags.tsx'
import { loadSamples, unitLoader } from './samples.ts'
import type { SampleOrder } from './samples.ts'

const columns: Column<SampleOrder>[] = [
  { key: 'number', title: '工单号', width: 168, sort: 'number', render: (o) => <span className="ms-code">{o.number}</span>, text: (o) => o.number },
  { key: 'clock', title: '剩余(最近时钟)', width: 224, sort: 'dueAt', render: (o) => <ClockChip plain clock={o.clock} /> },
  { key: 'title', title: '标题·标签', width: 240, wide: true, render: (o) => <>{o.title} <UrgencyTag urgency={o.urgency} /></>, text: (o) => o.title },
  { key: 'requester', title: '诉求人', width: 80, render: (o) => o.requester },
  { key: 'matter', title: '事项', width: 100, render: (o) => o.matter },
  { key: 'unit', title: '主办单位', width: 130, render: (o) => o.unit },
  { key: 'state', title: '状态', width: 120, render: (o) => <StateTag state={o.state} round={o.round} /> },
  { key: 'round', title: '轮次', width: 60, align: 'end', render: (o) => o.round },
  { key: 'registeredAt', title: '登记时间', width: 120, sort: 'registeredAt', render: (o) => <Time iso={o.registeredAt} /> },
  { key: 'id', title: '内部号', width: 80, hidden: true, render: (o) => o.id },
]

const filters: Filter[] = [
  { key: 'state', label: '状态', kind: 'multi', options: ['inProgress', 'pendingReview', 'pendingDispatch', 'closed'].map((value, i) => ({ value, label: ['办理中', '待审核', '待派发', '已办结'][i] ?? value })) },
  { key: 'unit', label: '主办单位', kind: 'pick', loader: unitLoader },
  { key: 'registered', label: '登记时间', kind: 'dates' },
  { key: 'supervised', label: '督办', kind: 'boolean' },
  { key: 'phone', label: '电话', kind: 'text' },
]

const views: ListView[] = [
  { id: 'all', name: '全部工单', filter: {} },
  { id: 'mine', name: '待我处理', filter: { state: ['pendingReview', 'pendingDispatch'] }, starred: true },
  { id: 'progress', name: '办理中', filter: { state: ['inProgress'] }, starred: true },
  { id: 'none', name: '疑难', filter: { state: ['merged'] } },
]

export default function KitList(): ReactElement {
  return (
    <ListPage page="kit" title="工单" help="orders" columns={columns} filters={filters} views={views} load={loadSamples} countOf={async (filter) => (await loadSamples({ ...filter, limit: 1 })).count} rowKey={(o) => o.id}
      open={(o) => `/orders/${o.number}`} defaultSort="dueAt" exportable searchHint="工单号、电话、标题" empty={{ text: '这里没有工单' }}
      bulkActs={[{ id: 'urge', label: '催办', run: () => say('已催办') }, { id: 'label', label: '打标签', wholeResult: true, run: () => say('已打标签') }]}
      rowActs={(o) => [{ id: 'copy', label: `复制 ${o.number}`, run: () => say('已复制') }]}
      preview={(o) => <><h2 style={{ marginBlock: 0 }}>{o.title}</h2><p><StateTag state={o.state} round={o.round} /></p><Facts items={[{ label: '诉求人', value: o.requester }, { label: '事项', value: o.matter }, { label: '单位', value: o.unit }]} /></>} />
  )
}
