// One spreadsheet report for a period: read, filled in cell by cell, downloaded, printed.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useCallback, useState } from 'react'
import { Link, useParams, useSearchParams } from 'react-router'
import { asProblem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useTopic } from '../../../api/realtime.ts'
import { DateInput } from '../../../ui/DateInput.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import { say } from '../../../ui/notices.ts'
import { Page, Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { whenFull } from '../../../ui/time.ts'
import { useAct } from '../../../ui/use-act.ts'
import type { Result } from './book.ts'
import { Grid, type Drawn } from './Grid.tsx'
import { s } from './sheets.zh-CN.ts'
import '../reports.css'
import './sheets.css'

export default function SheetPage(): ReactElement {
  const { id = '' } = useParams()
  const [search] = useSearchParams()
  const day = search.get('day')
  const query = useQueryOf('showSheet', { id, ...(day ? { day } : {}) }, { keepPrevious: true })
  useTopic('reports', ['showSheet'])
  return <QueryView query={query}>{(data) => <Shown key={data.from} id={id} data={data} />}</QueryView>
}

type Entry = Result['entries'][number]
type Draft = Record<string, string>
const keyOf = (e: { sheet: number; cell: string }): string => `${e.sheet}!${e.cell}`

function Shown({ id, data }: { id: string; data: Result }): ReactElement {
  const [search, setSearch] = useSearchParams()
  const send = useAct('showSheet')
  const [at, setAt] = useState(0)
  const [filling, setFilling] = useState(search.get('fill') === '1' && data.mayFill)
  const [draft, setDraft] = useState<Draft>({})
  const [faults, setFaults] = useState<{ title: string; fields: { path: string; message: string }[] } | null>(null)
  const [busy, setBusy] = useState(false)
  const goTo = (day: string): void => setSearch((held) => { const next = new URLSearchParams(held); next.set('day', day); return next }, { replace: true })
  const sheet = data.book.sheets[at] ?? data.book.sheets[0]
  const changed = Object.keys(draft).length
  const save = async (): Promise<void> => {
    setBusy(true)
    setFaults(null)
    try {
      await send('fillSheet', { id, day: data.from, values: data.entries.filter((e) => keyOf(e) in draft).map((e) => ({ sheet: e.sheet, cell: e.cell, value: draft[keyOf(e)] || null, was: e.value })) })
      setDraft({})
      say(s('fillSaved'))
    } catch (error) {
      const problem = asProblem(error)
      setFaults({ title: problem.title, fields: problem.fields })
    } finally { setBusy(false) }
  }
  const draw = useCallback((cell: string): Drawn => {
    const shown = data.computed[at]?.[cell]
    const entry = data.entries.find((e) => e.sheet === at && e.cell === cell)
    const base = { text: shown?.text ?? '', number: typeof shown?.value === 'number', ...(shown?.text ? { title: shown.text } : {}) }
    if (!entry) return base
    const key = `${at}!${cell}`
    const fault = faults?.fields.find((f) => f.path === `values.${key}`)
    const title = fault?.message ?? (entry.byName && entry.at ? `${s('filledBy', { name: entry.name, by: entry.byName })} ${whenFull(entry.at)}` : s('toFill', { name: entry.name }))
    const control = filling ? <EntryControl entry={entry} value={draft[key] ?? (entry.value === null ? '' : String(entry.value))} onChange={(value) => setDraft((held) => ({ ...held, [key]: value }))} /> : undefined
    return { ...base, title, ...(fault ? { tone: 'fault' as const } : data.mayFill ? { tone: 'entry' as const } : {}), ...(control ? { control } : {}) }
  }, [data, at, filling, draft, faults])
  const file = (format: string): string => `/api/reports/sheets/${id}/file?day=${data.from}&format=${format}&sheet=${at}`
  return (
    <Page title={data.name} sub={`${data.folder} · ${data.periodName}`} acts={
      <>
        <Link to="/analytics/reports/sheets">{s('sheets')}</Link>
        {data.mayDesign ? <Link to={`/analytics/reports/sheets/${id}/design`}>{s('edit')}</Link> : null}
        <Button href={file('xlsx')} download>{s('download', { format: 'Excel' })}</Button><Button href={file('csv')} download>{s('download', { format: 'CSV' })}</Button><Button onClick={() => window.print()}>{s('print')}</Button>
        {data.mayFill ? (filling ? <><Button onClick={() => { setFilling(false); setDraft({}); setFaults(null) }}>{s('stopFill')}</Button><Button type="primary" loading={busy} disabled={changed === 0} onClick={() => void save()}>{s('save')}</Button></> : <Button type="primary" onClick={() => setFilling(true)}>{s('startFill')}</Button>) : null}
      </>
    } bar={
      <div className="ms-data-bar ms-no-print">
        <Button disabled={changed > 0} onClick={() => goTo(data.previous)}>{s('previous')}</Button><strong>{data.periodName}</strong><Button disabled={changed > 0} onClick={() => goTo(data.next)}>{s('next')}</Button>
        <span className="ms-data-date"><DateInput value={data.from} placeholder={s('choosePeriod')} onChange={(value) => { if (value && changed === 0) goTo(value) }} /></span>
        <span className="ms-hint">{data.basis}，{s('asOf')} <Time iso={data.asOf} /></span>
        {data.missing > 0 ? <Tag tone="near">{s('missing', { n: data.missing })}</Tag> : null}
        {changed > 0 ? <span className="ms-hint">{s('unsaved', { n: changed })}</span> : null}
      </div>
    }>
      {faults ? <div className="ms-note" data-tone="over" role="alert">{faults.fields.length > 0 ? <>{s('faultsHead')}<ul className="ms-book-faults">{faults.fields.map((f) => <li key={f.path}>{f.message}</li>)}</ul></> : faults.title}</div> : null}
      {sheet ? <Grid sheet={sheet} styles={data.book.styles} draw={draw} label={`${data.name} ${sheet.name}`} /> : null}
      {data.book.sheets.length > 1 ? <Tabs names={data.book.sheets.map((one) => one.name)} at={at} onChange={setAt} /> : null}
    </Page>
  )
}

function EntryControl({ entry, value, onChange }: { entry: Entry; value: string; onChange: (value: string) => void }): ReactElement {
  if (entry.type === 'choice') return <select aria-label={entry.name} required={entry.required} value={value} onChange={(e) => onChange(e.target.value)}><option value="" />{entry.choices.map((one) => <option key={one} value={one}>{one}</option>)}</select>
  return <input aria-label={entry.name} title={entry.name} required={entry.required} value={value} inputMode={entry.type === 'number' || entry.type === 'integer' ? 'decimal' : undefined} placeholder={entry.type === 'date' ? '2026-11-18' : entry.name} onChange={(e) => onChange(e.target.value)} />
}

export function Tabs({ names, at, onChange }: { names: string[]; at: number; onChange: (at: number) => void }): ReactElement {
  return <div className="ms-book-tabs" role="tablist" aria-label={s('tabs')}>{names.map((name, n) => <button key={name} type="button" role="tab" aria-selected={n === at} onClick={() => onChange(n)}>{name}</button>)}</div>
}
