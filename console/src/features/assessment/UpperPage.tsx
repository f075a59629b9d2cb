// 上级明细比对: a month's detail of the upper platform against what stands here, in seven subjects, each down to its orders and causes.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ChoiceSelect } from '../../ui/ChoiceSelect.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { exportSheet } from '../../ui/export-sheet.ts'
import { Figure } from '../../ui/Figure.tsx'
import { Icon } from '../../ui/icons.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListQuery, ListResult } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { count, rate } from '../../ui/numbers.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { lastMonths } from '../../ui/period.ts'
import { Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { fields, opinionField } from '../orders/acts/act-form.ts'
import { unitLoader } from '../orders/pickers.ts'
import { UpperImport } from './UpperImport.tsx'
import { u } from './upper.zh-CN.ts'
import './assessment.css'

type Summary = OutputOf<'upperSummary'>
type Subject = Summary['subjects'][number]['subject']
type Row = OutputOf<'listUpperRows'>['items'][number]
const tones: Record<Row['result'], Tone> = { differs: 'over', same: 'ok', ownMissing: 'near', upperMissing: 'calm' }
const resultNames: Record<Row['result'], string> = { differs: '不一致', same: '一致', ownMissing: '本级没有', upperMissing: '上级未写' }

const sheetColumns = ['number', 'title', 'subject', 'own', 'upper', 'result', 'unit', 'cause', 'note', 'by']

export default function UpperPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const { can } = useSession()
  const months = useMemo(() => lastMonths(13), [])
  const month = months.find((one) => one.value === search.get('month'))?.value ?? months[0]?.value ?? ''
  const summary = useQueryOf('upperSummary', { month }, { keepPrevious: true })
  const subject = (summary.data?.subjects.find((s) => s.subject === search.get('subject'))?.subject ?? 'callbacks') satisfies Subject
  const [importing, setImporting] = useState(false)
  const [explaining, setExplaining] = useState<Row | null>(null)
  const send = useAct('upperSummary', 'list')
  const manages = can('assessment.manage')
  const columns = useMemo(() => columnsOf(manages ? setExplaining : null), [manages])
  const filters = useMemo((): Filter[] => [{ key: 'result', label: u('result'), kind: 'select', options: Object.entries(resultNames).map(([value, label]) => ({ value, label })) }, { key: 'unitId', label: u('unit'), kind: 'pick', loader: unitLoader() }, { key: 'number', label: u('number'), kind: 'text' }, { key: 'explained', label: u('hasCause'), kind: 'boolean' }], [])
  const data = summary.data
  return (
    <Page title={u('title')} help="assessmentUpper" bar={<span style={{ inlineSize: 140 }}><ChoiceSelect choices={months} value={month} placeholder={u('month')} onChange={(next) => setSearch(typeof next === 'string' ? { month: next } : {})} /></span>} acts={manages ? <>
      {data && data.orders > 0 ? <Button type="text" icon={<Icon name="download" />} onClick={() => void exportSheet('assessmentUpper', { month, subject, ...(search.get('result') ? { result: search.get('result') } : {}) }, sheetColumns)}>{u('export')}</Button> : null}
      <Button type="primary" onClick={() => setImporting(true)}>{u('import')}</Button>
    </> : null}>
      <QueryView query={summary}>{(found) => found.orders === 0 ? <Section><Empty kind="pending" text={u('empty')} hint={manages ? u('emptyHint') : undefined} /></Section> : <Subjects data={found} subject={subject} month={month} />}</QueryView>
      {data && data.orders > 0 ? (
        <>
          <ListPage<Row> key={`${month}${subject}`} embedded noSearch page="assessmentUpper" title={data.subjects.find((s) => s.subject === subject)?.name ?? ''} columns={columns} filters={filters} rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} empty={{ text: u('noRows') }}
            load={(query: ListQuery, signal) => request<ListResult<Row>>('GET', '/api/assessment/upper/rows', { ...query, month, subject }, { signal })} />
          <Values month={month} subject={subject} name={data.subjects.find((s) => s.subject === subject)?.name ?? ''} />
          <Rates data={data} />
        </>
      ) : null}
      <Files month={month} />
      {importing ? <UpperImport month={month} onClose={() => setImporting(false)} /> : null}
      <ActDrawer open={explaining !== null} onClose={() => setExplaining(null)} title={u('explain')} sub={explaining ? `${explaining.number}　${u('own')}：${explaining.own ?? '–'}　${u('upper')}：${explaining.upper ?? '–'}` : ''} submitLabel={u('explain')} key={explaining?.id ?? ''}
        schema={fields({ cause: { type: 'string', title: u('cause'), maxLength: 200 }, note: opinionField({ title: u('note'), maxLength: 500 }) }, ['cause'])} initial={explaining ? { ...(explaining.cause ? { cause: explaining.cause } : {}), ...(explaining.note ? { note: explaining.note } : {}) } : {}}
        submit={(values) => send('explainUpperRow', { id: explaining?.id ?? '', month, subject, ...values })} onDone={() => { setExplaining(null); say(u('explained')) }} />
    </Page>
  )
}

const columnsOf = (explain: ((row: Row) => void) | null): Column<Row>[] => [
  { key: 'number', title: u('number'), width: 172, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'title', title: u('titleOf'), width: 180, wide: true, render: (row) => row.title },
  { key: 'own', title: u('own'), width: 190, render: (row) => row.own ?? '–', text: (row) => row.own ?? '' },
  { key: 'upper', title: u('upper'), width: 190, render: (row) => row.upper ?? '–', text: (row) => row.upper ?? '' },
  { key: 'result', title: u('result'), width: 100, render: (row) => <Tag tone={tones[row.result]}>{row.resultName}</Tag> },
  { key: 'unit', title: u('unit'), width: 130, yields: 1, render: (row) => row.unitName },
  { key: 'cause', title: u('cause'), width: 150, render: (row) => row.cause ?? (explain && row.result === 'differs' ? <Button size="small" onClick={(event) => { event.stopPropagation(); explain(row) }}>{u('explain')}</Button> : null), text: (row) => [row.cause, row.note, row.causeByName ? u('explainedBy', { name: row.causeByName }) : ''].filter(Boolean).join('；') },
]

function Subjects({ data, subject, month }: { data: Summary; subject: Subject; month: string }): ReactElement {
  return (
    <div className="ms-assess-subjects">{data.subjects.map((s) => (
        <Figure key={s.subject} label={s.subject === subject ? `▸ ${s.name}` : s.name} value={s.differs} unit={u('differs')} to={`?${new URLSearchParams({ month, subject: s.subject, result: 'differs' }).toString()}`} tone={s.differs > 0 ? 'over' : undefined}
          delta={{ text: `${u('compared', { n: count(s.compared), same: count(s.same) })}；${u('missing', { own: count(s.ownMissing), upper: count(s.upperMissing) })}` }} definition={{ definition: data.definition }} />
    ))}</div>
  )
}

function Values({ month, subject, name }: { month: string; subject: Subject; name: string }): ReactElement {
  const values = useQueryOf('upperValues', { month, subject }, { keepPrevious: true })
  return (
    <Section flush title={u('values', { name })}>
      <QueryView query={values}>{({ items }) => (
        <table className="ms-plain-table">
          <caption className="ms-hidden">{u('values', { name })}</caption>
          <thead><tr><th scope="col">{u('value')}</th><th scope="col" className="ms-num">{u('own')}</th><th scope="col" className="ms-num">{u('upper')}</th><th scope="col" className="ms-num">{u('difference')}</th></tr></thead>
          <tbody>{items.slice(0, 40).map((v) => <tr key={v.value}><td>{v.value}</td><td className="ms-num">{count(v.own)}</td><td className="ms-num">{count(v.upper)}</td><td className={`ms-num${v.difference === 0 ? '' : ' ms-assess-down'}`}>{v.difference > 0 ? `+${v.difference}` : v.difference}</td></tr>)}</tbody>
        </table>
      )}</QueryView>
    </Section>
  )
}

function Rates({ data }: { data: Summary }): ReactElement {
  const pair = (own: number | null, upper: number | null): string => `${rate(own)} / ${rate(upper)}`
  const line = (key: string, name: string, orders: number, own: Summary['own'], upper: Summary['upper']) => <tr key={key}><th scope="row">{name}</th><td className="ms-num">{count(orders)}</td>{(['contacted', 'solved', 'satisfied'] as const).map((q) => <td key={q} className={`ms-num${own[q] !== null && upper[q] !== null && own[q] !== upper[q] ? ' ms-assess-down' : ''}`}>{pair(own[q], upper[q])}</td>)}</tr>
  return (
    <Section flush title={u('rates')}>
      <div className="ms-assess-table"><table className="ms-plain-table">
        <caption className="ms-hidden">{u('rates')}</caption>
        <thead><tr><th scope="col">{u('unit')}</th>{[u('orders'), u('contacted'), u('solved'), u('satisfied')].map((name) => <th key={name} scope="col" className="ms-num">{name}</th>)}</tr></thead>
        <tbody>{line('all', u('total'), data.orders, data.own, data.upper)}{data.units.slice(0, 60).map((one) => line(one.unitId ?? '', one.unitName, one.orders, one.own, one.upper))}</tbody>
      </table></div>
    </Section>
  )
}

function Files({ month }: { month: string }): ReactElement {
  const files = useQueryOf('listUpperDetails', { month })
  return (
    <Section flush title={u('files')}>
      <QueryView query={files}>{({ items }) => items.length === 0 ? <Empty kind="done" text={u('noFiles')} /> : (
        <table className="ms-plain-table">
          <caption className="ms-hidden">{u('files')}</caption>
          <thead><tr><th scope="col">{u('at')}</th><th scope="col">{u('open')}</th><th scope="col">{u('scope')}</th>{[u('rows'), u('taken'), u('standing')].map((name) => <th key={name} scope="col" className="ms-num">{name}</th>)}<th scope="col">{u('by')}</th><th scope="col">{u('errors')}</th></tr></thead>
          <tbody>{items.map((one) => <tr key={one.id}><td><Time iso={one.at} /></td><td><a href={`/api/attachments/${one.fileId}`} download>{one.fileName}</a></td><td>{u(one.whole ? 'wholeMonth' : 'someOrders')}</td><td className="ms-num">{count(one.rows)}</td><td className="ms-num">{count(one.taken)}</td><td className="ms-num">{count(one.standing)}</td><td>{one.byName}</td><td>{one.faultCount > 0 ? <details><summary>{u('faults', { n: one.faultCount })}</summary>{one.faults.slice(0, 50).map((f, i) => <div key={`${f.line}${i}`}>{u('line', { n: f.line })}：{f.message}</div>)}</details> : '–'}</td></tr>)}</tbody>
        </table>
      )}</QueryView>
    </Section>
  )
}
