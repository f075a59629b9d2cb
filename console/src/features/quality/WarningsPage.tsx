// 办理质量预警: handled orders below the standard, who was told, and what became of it.
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import type { FormSchema } from '../../ui/form-rules.ts'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListView } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Section, Time } from '../../ui/Page.tsx'
import { reads } from '../../ui/reads.ts'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { unitLoader } from '../orders/pickers.ts'
import { s } from './screening.zh-CN.ts'

type Row = OutputOf<'listQualityWarnings'>['items'][number]
const load = reads<Row>('/api/quality/warnings')
const columns: Column<Row>[] = [
  { key: 'raised', title: s('raised'), width: 112, render: (row) => <Time iso={row.raisedAt} /> }, { key: 'number', title: s('number'), width: 172, render: (row) => <Link to={`/orders/${row.number}`}><bdi className="ms-code">{row.number}</bdi></Link>, text: (row) => row.number }, { key: 'title', title: s('title'), width: 150, wide: true, render: (row) => row.title },
  { key: 'indicator', title: s('indicator'), width: 140, render: (row) => row.indicator }, { key: 'points', title: s('points'), width: 84, align: 'end', render: (row) => (row.points === null ? null : `${row.points} / ${row.standard}`) }, { key: 'unit', title: s('unit'), width: 132, render: (row) => row.unitName }, { key: 'handler', title: s('handler'), width: 90, hidden: true, render: (row) => row.personName },
  { key: 'origin', title: s('origin'), width: 64, hidden: true, render: (row) => row.originName }, { key: 'pushes', title: s('pushes'), width: 150, render: (row) => <span className="ms-row">{s('pushed', { n: row.pushes })}{row.failed > 0 ? <Tag tone="over">{s('failed', { n: row.failed })}</Tag> : null}</span> }, { key: 'state', title: s('state'), width: 84, render: (row) => <Tag tone={row.state === 'open' ? 'near' : 'calm'}>{row.stateName}</Tag> },
]
const fields = { indicator: { type: 'string' as const, title: s('indicator'), maxLength: 200 }, content: { type: 'string' as const, format: 'textarea' as const, title: s('content'), maxLength: 1000 } }
const newSchema: FormSchema = { type: 'object', required: ['number', 'indicator'], properties: { number: { type: 'string', title: s('number'), maxLength: 40 }, ...fields } }

export default function WarningsPage(): ReactElement {
  const manage = useSession().can('quality.manage')
  const [shown, setShown] = useState<string | null>(null)
  const [adding, setAdding] = useState(false)
  const send = useAct('list')
  const views = useMemo((): ListView[] => [{ id: 'open', name: s('open'), filter: { state: ['open'] } }, { id: 'closed', name: s('closedState'), filter: { state: ['closed'] } }], [])
  const filters = useMemo((): Filter[] => [{ key: 'origin', label: s('origin'), kind: 'select', options: [{ value: 'job', label: s('job') }, { value: 'person', label: s('person') }] }, { key: 'unitId', label: s('unit'), kind: 'pick', loader: unitLoader() }, { key: 'failed', label: s('undelivered'), kind: 'boolean' }, { key: 'raised', label: s('raised'), kind: 'dates', keys: ['from', 'to'] }], [])
  return (
    <>
      <ListPage<Row> noSearch page="qualityWarnings" title={s('warnings')} columns={columns} views={views} filters={filters} load={load} rowKey={(row) => row.id} onOpen={(row) => setShown(row.id)} topic="quality.warnings" countOf={async (filter, signal) => (await load({ limit: 1, ...filter }, signal)).count} acts={manage ? <Button type="primary" onClick={() => setAdding(true)}>{s('raise')}</Button> : null} empty={{ text: s('warningsNone'), hint: s('warningsHint') }} />
      {adding ? <ActDrawer open onClose={() => setAdding(false)} title={s('raise')} submitLabel={s('raise')} schema={newSchema} submit={async (values) => { await send('addQualityWarning', values); say(s('addDone')) }} onDone={() => setAdding(false)} /> : null}
      {shown ? <Shown id={shown} manage={manage} onClose={() => setShown(null)} /> : null}
    </>
  )
}

function Shown({ id, manage, onClose }: { id: string; manage: boolean; onClose: () => void }): ReactElement {
  const query = useQueryOf('showQualityWarning', { id })
  const [act, setAct] = useState<'change' | 'close' | null>(null)
  const send = useAct('list', 'showQualityWarning')
  const push = () => void send('pushQualityWarning', { id }).then(() => say(s('pushDone')), (error: unknown) => say(asProblem(error).message, 'over'))
  return (
    <Drawer open size={720} title={s('warnings')} onClose={onClose} extra={manage && query.data?.state === 'open' ? <span className="ms-row"><Button onClick={() => setAct('change')}>{s('edit')}</Button><Button onClick={push}>{s('push')}</Button><Button type="primary" onClick={() => setAct('close')}>{s('close')}</Button></span> : null}>
      <QueryView query={query}>
        {(one) => (
          <div className="ms-stack">
            <Facts columns={2} items={[{ label: s('number'), value: <Link to={`/orders/${one.number}`}>{one.number}</Link> }, { label: s('title'), value: one.title }, { label: s('indicator'), value: one.indicator }, { label: s('points'), value: one.points === null ? '–' : `${one.points}（${s('standard')} ${one.standard}）` }, { label: s('unit'), value: one.unitName ?? '–' }, { label: s('handler'), value: one.personName ?? '–' }, { label: s('content'), value: one.content, hidden: one.content === '' }, { label: s('by'), value: one.raisedByName }, { label: s('remark'), value: `${one.closedByName ?? ''}：${one.remark ?? ''}`, hidden: one.remark === null }]} />
            <Section flush title={s('pushes')}>
              <table className="ms-plain-table">
                <caption className="ms-hidden">{s('pushes')}</caption>
                <thead><tr>{(['at', 'receiver', 'sms', 'problem', 'by'] as const).map((key) => <th key={key} scope="col">{s(key)}</th>)}</tr></thead>
                <tbody>{one.pushList.map((p) => <tr key={p.id}><td><Time iso={p.at} /></td><td>{p.personName}</td><td><Tag tone={p.problem ? 'over' : 'ok'}>{p.stateName}</Tag></td><td>{p.problem}</td><td>{p.byName}</td></tr>)}</tbody>
              </table>
            </Section>
            {act === 'change' ? <ActDrawer open onClose={() => setAct(null)} title={s('edit')} submitLabel={s('edit')} schema={{ type: 'object', required: ['indicator'], properties: fields }} initial={{ indicator: one.indicator, content: one.content }} submit={async (v) => { await send('changeQualityWarning', { id, version: one.version, indicator: v.indicator, content: v.content ?? '' }); say(s('changeDone')) }} onDone={() => setAct(null)} /> : null}
            {act === 'close' ? <ActDrawer open onClose={() => setAct(null)} title={s('close')} submitLabel={s('close')} schema={{ type: 'object', required: ['remark'], properties: { remark: { type: 'string', format: 'textarea', title: s('remark'), maxLength: 500 } } }} submit={async (v) => { await send('closeQualityWarning', { id, remark: v.remark }); say(s('closeDone')) }} onDone={() => setAct(null)} /> : null}
          </div>
        )}
      </QueryView>
    </Drawer>
  )
}
