// 上级回访比对: the upper platform's detail file taken in, and the answers of three levels side by side, order by order (ASM-14, ASM-23).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { request } from '../../api/http.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { ChoiceSelect } from '../../ui/ChoiceSelect.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Figure } from '../../ui/Figure.tsx'
import { ListPage } from '../../ui/ListPage.tsx'
import type { Column, Filter, ListQuery, ListResult } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { count, rate } from '../../ui/numbers.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { lastMonths } from '../../ui/period.ts'
import { Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { SheetImport } from '../admin/parts/SheetImport.tsx'
import { fields, opinionField } from '../orders/acts/act-form.ts'
import { unitLoader } from '../orders/pickers.ts'
import { statedWords } from './ResultCard.tsx'
import { v } from './upper.zh-CN.ts'
import './callback.css'

type Answer = OutputOf<'upperComparison'>
type Row = OutputOf<'listUpperMatches'>['items'][number]
type Said = { contacted: 'yes' | 'no' | 'notStated'; solved: 'yes' | 'no' | 'notStated'; satisfied: 'yes' | 'no' | 'notStated' }
const tones: Record<Row['kind'], Tone> = { differs: 'over', same: 'ok', ownOnly: 'near', upperOnly: 'near', unstated: 'calm' }
const questions = ['contacted', 'solved', 'satisfied'] as const
const sheet = [{ key: 'number', label: v('number'), required: true, example: '2611210001' }, { key: 'contacted', label: v('contacted'), example: '是' }, { key: 'solved', label: v('solved'), example: '是' }, { key: 'satisfied', label: v('satisfied'), example: '否' }, { key: 'at', label: v('at'), example: '2026-11-20 10:30' }, { key: 'opinion', label: v('opinion'), example: '' }]
const stale = ['upperComparison', 'listUpperImports', 'list']

export default function UpperPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const { can } = useSession()
  const choices = useMemo(() => lastMonths(12), [])
  const month = choices.find((one) => one.value === search.get('month'))?.value ?? choices[0]?.value ?? ''
  const unitId = search.get('unitId') ?? undefined
  const comparison = useQueryOf('upperComparison', { month, ...(unitId ? { unitId } : {}) }, { keepPrevious: true })
  const [importing, setImporting] = useState(false)
  const [explaining, setExplaining] = useState<Row | null>(null)
  const send = useAct(...stale)
  const manages = can('callback.upper')
  const filters = useMemo((): Filter[] => [{ key: 'kind', label: v('kind'), kind: 'select', options: (comparison.data?.kinds ?? []).map((one) => ({ value: one.kind, label: one.name })) }, { key: 'unitId', label: v('unit'), kind: 'pick', loader: unitLoader() }, { key: 'number', label: v('number'), kind: 'text' }], [comparison.data?.kinds])
  const columns = useMemo(() => columnsOf(manages ? setExplaining : null), [manages])
  return (
    <Page title={v('upper')} bar={<div className="ms-callback-range"><span style={{ inlineSize: 140 }}><ChoiceSelect choices={choices} value={month} placeholder={v('month')} onChange={(next) => setSearch(typeof next === 'string' ? { month: next } : {})} /></span></div>} acts={manages ? <Button type="primary" onClick={() => setImporting(true)}>{v('import')}</Button> : null}>
      <QueryView query={comparison}>{(data) => <Summary data={data} month={month} unitId={unitId} />}</QueryView>
      <ListPage<Row> embedded noSearch page="callbackUpper" title={v('upper')} columns={columns} filters={filters} load={(query: ListQuery, signal) => request<ListResult<Row>>('GET', '/api/callback/upper/matches', { month, ...query }, { signal })}
        rowKey={(row) => row.id} open={(row) => `/orders/${row.number}`} preview={(row) => <Preview row={row} />} empty={{ text: v('none'), hint: v('noneHint') }} />
      {comparison.data ? <Units data={comparison.data} month={month} /> : null}
      <Files month={month} />
      <SheetImport open={importing} onClose={() => setImporting(false)} what={v('importWhat')} note={v('importNote')} columns={sheet} check={(rows) => send('importUpperResults', { month, rows, checkOnly: true })} run={(rows) => send('importUpperResults', { month, rows })} />
      <ActDrawer open={explaining !== null} onClose={() => setExplaining(null)} title={v('cause')} sub={explaining ? v('explainSub', { number: explaining.number, what: explaining.differs.join('、') || explaining.kindName }) : ''} submitLabel={v('explain')}
        schema={fields({ cause: opinionField({ title: v('cause'), maxLength: 300 }) }, ['cause'])} initial={explaining?.cause ? { cause: explaining.cause } : {}}
        submit={async (values) => { await send('explainUpperDifference', { id: explaining?.upper?.resultId ?? '', ...values }); setExplaining(null); say(v('explained')) }} />
    </Page>
  )
}

const three = (row: Row, question: (typeof questions)[number]): string => [row.unit, row.own, row.upper].map((one: Said | null) => (one ? statedWords(one[question]) : '–')).join(' / ')

const columnsOf = (explain: ((row: Row) => void) | null): Column<Row>[] => [
  { key: 'number', title: v('number'), width: 168, render: (row) => <bdi className="ms-code">{row.number}</bdi>, text: (row) => row.number },
  { key: 'title', title: v('title'), width: 180, wide: true, render: (row) => row.title },
  { key: 'kind', title: v('kind'), width: 112, render: (row) => <Tag tone={tones[row.kind]}>{row.kindName}</Tag> },
  ...questions.map((question): Column<Row> => ({ key: question, title: v(question), width: 148, render: (row) => <span className={row.differs.includes(v(question)) ? 'ms-callback-off' : undefined} title={v('levels')}>{three(row, question)}</span>, text: (row) => three(row, question) })),
  { key: 'unit', title: v('unit'), width: 130, render: (row) => row.unitName },
  { key: 'recording', title: '', width: 72, export: false, render: (row) => (row.own?.callId ? <Link to={`/telephony/calls/${row.own.callId}`}>{v('recording')}</Link> : null) },
  { key: 'cause', title: v('cause'), width: 140, render: (row) => row.cause ?? (explain && row.upper && row.kind === 'differs' ? <Button size="small" onClick={(event) => { event.stopPropagation(); explain(row) }}>{v('explain')}</Button> : null), text: (row) => row.cause ?? '' },
]

function Summary({ data, month, unitId }: { data: Answer; month: string; unitId: string | undefined }): ReactElement {
  const to = (kind: string): string => `?${new URLSearchParams({ month, kind, ...(unitId ? { unitId } : {}) }).toString()}`
  const words = (pair: Answer['ownUpper']): string => (pair.compared === 0 ? v('noneCompared') : v('ofCompared', { n: count(pair.compared), agreed: count(pair.agreed) }))
  return (
    <>
      <div className="ms-callback-levels">
        <Figure label={v('ownUpper')} value={rate(data.ownUpper.rate)} delta={{ text: words(data.ownUpper) }} definition={{ definition: data.definition }} />
        <Figure label={v('unitOwn')} value={rate(data.unitOwn.rate)} delta={{ text: words(data.unitOwn) }} definition={{ definition: data.definition }} />
        <Figure label={v('unitUpper')} value={rate(data.unitUpper.rate)} delta={{ text: words(data.unitUpper) }} definition={{ definition: data.definition }} />
        {data.kinds.map((one) => <Figure key={one.kind} label={one.name} value={one.count} to={to(one.kind)} tone={one.kind === 'differs' && one.count > 0 ? 'over' : undefined} />)}
      </div>
      <div className="ms-note" data-tone="info">{data.definition}；{data.questions.map((one) => `${v('question', { name: one.name })} ${rate(one.ownUpper.rate)}`).join('，')}</div>
    </>
  )
}

function Units({ data, month }: { data: Answer; month: string }): ReactElement {
  const to = (unitId: string | null): string => `?${new URLSearchParams({ month, kind: 'differs', ...(unitId ? { unitId } : {}) }).toString()}`
  return (
    <Section flush title={v('byUnit')}>
      {data.units.length === 0 ? <Empty kind="done" text={v('noUnits')} hint={v('noneHint')} /> : (
        <table className="ms-plain-table">
          <caption className="ms-hidden">{v('byUnit')}</caption>
          <thead><tr><th scope="col">{v('unit')}</th>{[v('orders'), v('differing'), v('ownUpper'), v('unitOwn'), v('unitUpper')].map((name) => <th key={name} scope="col" className="ms-num">{name}</th>)}</tr></thead>
          <tbody>{data.units.slice(0, 100).map((one) => <tr key={one.unitId ?? ''}><td>{one.unitName}</td><td className="ms-num">{count(one.orders)}</td><td className="ms-num"><Link to={to(one.unitId)}>{count(one.differing)}</Link></td><td className="ms-num">{rate(one.ownUpper.rate)}</td><td className="ms-num">{rate(one.unitOwn.rate)}</td><td className="ms-num">{rate(one.unitUpper.rate)}</td></tr>)}</tbody>
        </table>
      )}
    </Section>
  )
}

function Preview({ row }: { row: Row }): ReactElement {
  const level = (label: string, said: (Said & { at: string | null }) | null) => ({ label, value: said ? <>{questions.map((question) => `${v(question)} ${statedWords(said[question])}`).join('；')}{said.at ? <> · <Time iso={said.at} /></> : null}</> : v('notAsked') })
  return (
    <div className="ms-stack">
      <div className="ms-row"><bdi className="ms-code">{row.number}</bdi><Tag tone={tones[row.kind]}>{row.kindName}</Tag></div>
      <strong>{row.title}</strong>
      <Facts items={[level(v('unitName'), row.unit), level(v('own'), row.own), level(v('upperName'), row.upper), { label: v('opinion'), value: row.upper?.opinion ?? null }, { label: v('cause'), value: row.cause ? `${row.cause}（${row.causeByName ?? ''}）` : null }]} />
    </div>
  )
}

function Files({ month }: { month: string }): ReactElement {
  const files = useQueryOf('listUpperImports', { month })
  return (
    <Section flush title={v('files')}>
      <QueryView query={files}>
        {({ items }) => (items.length === 0 ? <Empty kind="done" text={v('noFiles')} /> : (
          <table className="ms-plain-table">
            <caption className="ms-hidden">{v('files')}</caption>
            <thead><tr><th scope="col">{v('at')}</th><th scope="col" className="ms-num">{v('rows')}</th><th scope="col" className="ms-num">{v('taken')}</th><th scope="col" className="ms-num">{v('standing')}</th><th scope="col">{v('by')}</th><th scope="col" /></tr></thead>
            <tbody>{items.map((one) => <tr key={one.id}><td><Time iso={one.createdAt} /></td><td className="ms-num">{one.rows}</td><td className="ms-num">{one.taken}</td><td className="ms-num">{one.standing}</td><td>{one.byName}</td><td>{one.faults.length > 0 ? <details><summary>{v('faults', { n: one.faults.length })}</summary>{one.faults.slice(0, 20).map((fault, i) => <div key={i}>{v('line', { n: fault.row, message: fault.message })}</div>)}</details> : null}</td></tr>)}</tbody>
          </table>
        ))}
      </QueryView>
    </Section>
  )
}
