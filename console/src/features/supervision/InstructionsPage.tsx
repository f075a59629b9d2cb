// 领导批示: what leaders wrote on orders, what the units report, what is overdue.
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Figure } from '../../ui/Figure.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { Drawer } from 'antd'
import { InstructionCard, instructionTone } from './InstructionCard.tsx'
import { reads } from '../../ui/reads.ts'
import type { Instruction } from './lists.ts'
import { t } from './texts.zh-CN.ts'
import { w } from './words.zh-CN.ts'
import './supervision.css'

const load = reads<Instruction>('/api/supervision/instructions')
const states = ['requested', 'issued', 'reported', 'closed', 'declined'] as const
const columns: Column<Instruction>[] = [
  { key: 'number', title: t('col.number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'state', title: t('col.state'), width: 120, render: (row) => <Tag tone={row.overdue ? 'over' : instructionTone[row.state]}>{row.overdue ? w('overdueReports') : row.stateName}</Tag> },
  { key: 'urgency', title: w('urgency'), width: 80, render: (row) => (row.urgency === 'normal' ? row.urgencyName : <Tag tone="over">{row.urgencyName}</Tag>) },
  { key: 'title', title: t('col.title'), width: 180, wide: true, render: (row) => row.title },
  { key: 'text', title: w('words'), width: 240, render: (row) => row.text ?? (row.textHidden ? <span className="ms-hint">{w('hidden')}</span> : row.request) },
  { key: 'leader', title: w('leader'), width: 100, render: (row) => row.leaderName },
  { key: 'units', title: w('units'), width: 150, render: (row) => row.units.map((unit) => unit.unitName).join('、') || (row.state === 'requested' || row.state === 'declined' ? '–' : w('toDesk')) },
  { key: 'due', title: w('reportDue'), width: 104, render: (row) => <Time iso={row.reportDueAt} /> },
]

/** `mine`: those written by or asked of the reader only. */
export default function InstructionsPage({ mine = false, title = w('instructions') }: { mine?: boolean; title?: string }): ReactElement {
  const [open, setOpen] = useState<Instruction | null>(null)
  const stats = useQueryOf('instructionStats', {}, { refetchEvery: 60_000, enabled: !mine })
  const own = mine ? { mine: 'true' } : {}
  const rows: typeof load = (filter, signal) => load({ ...filter, ...own }, signal)
  useTopic('supervision.board', ['instructionStats'])
  const filters = useMemo((): Filter[] => [
    { key: 'state', label: t('col.state'), kind: 'select', options: states.map((value) => ({ value, label: w(`i.${value}`) })) },
    { key: 'urgency', label: w('urgency'), kind: 'select', options: (['normal', 'urgent', 'major'] as const).map((value) => ({ value, label: w(value) })) },
    { key: 'overdue', label: w('overdueReports'), kind: 'boolean' }, { key: 'below', label: t('filter.below'), kind: 'boolean' },
    ...(mine ? [] : [{ key: 'mine', label: w('mine'), kind: 'boolean' } as const]),
  ], [mine])
  const views = useMemo((): ListView[] => [{ id: 'all', name: w('allInstructions'), filter: {} }, ...(mine ? [{ id: 'waiting', name: w('i.requested'), filter: { state: ['requested'] } }] : [{ id: 'mine', name: w('mine'), filter: { mine: ['true'] } }]), { id: 'issued', name: w('i.issued'), filter: { state: ['issued'] } }, { id: 'overdue', name: w('overdueReports'), filter: { overdue: ['true'] } }], [mine])
  return (
    <Page fill title={title}>
      {stats.data ? (
        <Section {...(stats.data.matters.length > 0 ? { extra: <span className="ms-hint">{w('matters')}：{stats.data.matters.slice(0, 4).map((one) => `${one.name} ${one.count}`).join('，')}</span> } : {})}>
          <div className="ms-watch-figures ms-board-six">
            {stats.data.states.map((one) => <Figure key={one.state} label={one.name} value={one.count} to={`/supervision/instructions?state=${one.state}`} />)}
            <Figure label={w('overdueReports')} value={stats.data.overdue} to="/supervision/instructions?overdue=true" {...(stats.data.overdue > 0 ? { tone: 'over' as const } : {})} />
          </div>
        </Section>
      ) : null}
      <div className="ms-board-list"><ListPage<Instruction> embedded exportable page={mine ? 'myInstructions' : 'instructions'} noSearch title={w('instructions')} columns={columns} filters={filters} views={views} load={rows} rowKey={(row) => row.id} onOpen={setOpen} topic="supervision.board" empty={{ text: w('noInstructions') }} countOf={async (filter, signal) => (await rows({ limit: 1, ...filter }, signal)).count} /></div>
      <Drawer open={open !== null} onClose={() => setOpen(null)} size={720} destroyOnHidden title={w('instructions')}>{open ? <div className="ms-stack"><Link to={`/orders/${open.number}`}><bdi className="ms-code">{open.number}</bdi> {open.title}</Link><OpenInstruction row={open} /></div> : null}</Drawer>
    </Page>
  )
}

/** Read again, so that what was done in the drawer shows in it. */
function OpenInstruction({ row }: { row: Instruction }): ReactElement {
  const order = useQueryOf('orderInstructions', { id: row.orderId })
  return <InstructionCard item={order.data?.items.find((one) => one.id === row.id) ?? row} units={order.data?.units ?? []} />
}
