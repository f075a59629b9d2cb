// How dialogues with the robot end, and what it had no answer to (INT-15).
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListResult } from '../../ui/ListPage.tsx'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import './intake.css'
import { t } from './robot-texts.zh-CN.ts'

type Row = OutputOf<'listRobotDialogues'>['items'][number]

const columns: Column<Row>[] = [
  { key: 'first', title: t('first'), width: 320, wide: true, render: (row) => row.first },
  { key: 'outcome', title: t('outcome'), width: 110, render: (row) => row.outcomeName },
  { key: 'turns', title: t('turns'), width: 70, align: 'end', render: (row) => row.turns },
  { key: 'order', title: t('order'), width: 150, render: (row) => (row.orderNumber ? <Link to={`/orders/${row.orderNumber}`} onClick={(event) => event.stopPropagation()}>{row.orderNumber}</Link> : null) },
  { key: 'started', title: t('started'), width: 130, render: (row) => <Time iso={row.startedAt} /> },
]
const filters: Filter[] = [{ key: 'outcome', label: t('outcome'), kind: 'select', options: (['open', 'solved', 'form', 'human', 'left', 'order'] as const).map((value) => ({ value, label: t(`outcome.${value}`) })) }]

export default function RobotPage(): ReactElement {
  const [read, setRead] = useState<Row | null>(null)
  const statistics = useQueryOf('robotStatistics', {})
  return (
    <Page title={t('title')}>
      <Section title={t('figures')}>
        <QueryView query={statistics}>{(s) => <Facts columns={2} items={[{ label: t('dialogues'), value: s.dialogues }, { label: t('withoutOrder'), value: `${s.withoutOrder}（${s.withoutOrderRate}）` }, ...s.outcomes.map((o) => ({ label: o.name, value: o.count })), { label: t('missed'), value: s.missed.length === 0 ? t('missedNone') : s.missed.map((m) => `${m.text}（${t('times', { n: m.count })}）`).join('，') }]} />}</QueryView>
      </Section>
      <ListPage<Row> embedded noSearch page="robotDialogues" title={t('title')} columns={columns} filters={filters} rowKey={(row) => row.id} onOpen={setRead} load={(query, signal) => request<ListResult<Row>>('GET', '/api/robot/dialogues', query, { signal })} />
      {read ? <Dialogue row={read} onClose={() => setRead(null)} /> : null}
    </Page>
  )
}

function Dialogue({ row, onClose }: { row: Row; onClose: () => void }): ReactElement {
  const read = useQueryOf('readRobotDialogue', { id: row.id })
  return (
    <ActDrawer open onClose={onClose} title={t('dialogue')} sub={row.outcomeName} submitLabel={t('close')} schema={{ type: 'object', properties: {} }} submit={async () => onClose()}
      notice={<QueryView query={read}>{(data) => <ol className="ms-lines">{data.turns.map((turn) => <li key={turn.seq}><strong>{turn.author === 'robot' ? t('robot') : t('citizen')}</strong> <Time iso={turn.at} /><br /><span className="ms-said">{turn.text}</span></li>)}</ol>}</QueryView>} />
  )
}
