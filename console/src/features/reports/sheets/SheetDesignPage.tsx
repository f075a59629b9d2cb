// The designer: a sheet with its cells, what the chosen one holds and is bound to, how it looks; saved against the edit that was read.
import { Button, Input, InputNumber, Popconfirm, Select } from 'antd'
import type { KeyboardEvent, ReactElement } from 'react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useParams } from 'react-router'
import type { OutputOf } from '../../../api/call.ts'
import { asProblem, type Problem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { confirm } from '../../../ui/confirm.tsx'
import { Loading, ProblemLine, QueryView } from '../../../ui/Empty.tsx'
import { notify, say } from '../../../ui/notices.ts'
import { Page, Section } from '../../../ui/Page.tsx'
import { uploadFile } from '../../../ui/upload.ts'
import { useAct } from '../../../ui/use-act.ts'
import { ConditionsOf } from '../../analytics/PanelForm.tsx'
import { useHistory } from '../../forms/use-history.ts'
import { ReadersField } from '../Readers.tsx'
import { BindingForm, nameOf } from './BindingForm.tsx'
import { areaOf, emptySheet, mergesOf, placeOf, setSheet, setText, textIn, type Area, type Binding, type Definition } from './book.ts'
import { Grid, moved, type Drawn } from './Grid.tsx'
import { Tabs } from './SheetPage.tsx'
import { cycleOptions } from './SheetsPage.tsx'
import { s } from './sheets.zh-CN.ts'
import { LinesBar } from './LinesBar.tsx'
import { pinned, renameSheet, withOwnKey } from './shift.ts'
import { StyleBar } from './StyleBar.tsx'
import '../reports.css'
import './sheets.css'
import '../../analytics/analytics.css'

type View = OutputOf<'showSheetDesign'>
type Catalogue = OutputOf<'listIndicators'>

export default function SheetDesignPage(): ReactElement {
  const { id = '' } = useParams()
  const held = useQueryOf('showSheetDesign', { id }, { staleTime: Number.POSITIVE_INFINITY })
  const catalogue = useQueryOf('listIndicators', {}, { staleTime: 60_000 })
  return <QueryView query={held}>{(data) => <QueryView query={catalogue}>{(c) => <Designer key={data.id} held={data} catalogue={c} />}</QueryView>}</QueryView>
}

function Designer({ held, catalogue }: { held: View; catalogue: Catalogue }): ReactElement {
  const send = useAct('listSheets', 'showSheet')
  const file = useRef<HTMLInputElement>(null)
  const bar = useRef<HTMLInputElement>(null)
  const { now: d, set: setD, undo, redo, reset, canUndo, canRedo } = useHistory<Definition>(held.definition)
  const [state, setState] = useState(held)
  const [people, setPeople] = useState({ readers: held.readers, fillers: held.fillers, designers: held.designers })
  const [saved, setSaved] = useState({ d: held.definition, people })
  const [at, setAt] = useState(0)
  const [anchor, setAnchor] = useState({ from: 'A1', to: 'A1' })
  const [preview, setPreview] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const dirty = d !== saved.d || people !== saved.people
  const previewed = useQueryOf('previewSheet', { definition: d }, { enabled: preview, keepPrevious: true, staleTime: 60_000 })
  const book = preview && previewed.data ? previewed.data.book : d.book
  const place = Math.min(at, book.sheets.length - 1)
  const sheet = book.sheets[place] ?? emptySheet('表一')
  const cell = anchor.from
  const area = useMemo((): Area => {
    const [a, b] = [placeOf(anchor.from), placeOf(anchor.to)]
    const whole = sheet.merges.map(areaOf).find((m) => m.row === a.row && m.column === a.column)
    const area = { row: Math.min(a.row, b.row), column: Math.min(a.column, b.column), toRow: Math.max(a.row, b.row), toColumn: Math.max(a.column, b.column) }
    return whole && anchor.from === anchor.to ? whole : area
  }, [anchor, sheet.merges])
  useEffect(() => {
    if (!dirty) return undefined
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [dirty])

  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try { await work() } catch (error) { setProblem(asProblem(error)) } finally { setBusy(false) }
  }
  const keep = (next: View): void => { setState(next); setSaved({ d, people }) }
  const store = async (): Promise<View> => { const next = await send('saveSheet', { id: state.id, definition: d, ...people, edit: state.edit }); keep(next); return next }
  const save = (): Promise<void> => run(async () => { await store(); say(s('saved')) })
  const publish = (): Promise<void> => run(async () => { const edit = dirty || !state.hasDraft ? (await store()).edit : state.edit; keep(await send('publishSheet', { id: state.id, edit })); say(s('published')) })
  const change = (act: 'withdraw' | 'restore' | 'discard', text = ''): Promise<void> => run(async () => {
    if (text && !(await confirm({ title: s(act), text, verb: s(act), danger: true }))) return
    const next = await send('changeSheetState', { id: state.id, act })
    setState(next)
    if (act === 'discard') { reset(next.definition); setSaved({ d: next.definition, people }) }
  })
  const replace = (chosen: File): Promise<void> => run(async () => {
    if (!(await confirm({ title: s('replaceFile'), text: s('confirmReplace'), verb: s('replaceFile') }))) return
    const stored = await uploadFile(chosen, 'import', () => undefined, new AbortController().signal)
    const read = await send('readSheetFile', { fileId: stored.id })
    if (read.lost.length > 0) notify({ level: 'P3', title: s('lost', { what: read.lost.join('、') }) })
    setD({ ...d, book: read.book, bindings: d.bindings.map((b) => pinned(b, d.book)).filter((b) => b.sheet < read.book.sheets.length) })
  })

  const bound = useMemo(() => new Map(d.bindings.map((b) => [`${b.sheet}!${b.cell}`, b])), [d.bindings])
  const draw = useCallback((one: string): Drawn => {
    if (preview) { const shown = previewed.data?.computed[place]?.[one]; return { text: shown?.text ?? '', number: typeof shown?.value === 'number' } }
    const binding = bound.get(`${place}!${one}`)
    if (binding) return { text: nameOf(binding, catalogue), number: false, tone: binding.kind === 'entry' ? 'entry' : 'bound', title: nameOf(binding, catalogue) }
    const held = sheet.cells[one]
    return { text: textIn(held), number: typeof held?.value === 'number' }
  }, [preview, previewed.data, place, bound, catalogue, sheet])
  const bind = (next: Binding | undefined): void => setD({ ...d, bindings: [...d.bindings.filter((b) => b.sheet !== place || b.cell !== cell), ...(next ? [withOwnKey(next, d)] : [])] })
  const write = (text: string): void => setD({ ...d, book: setText(d.book, place, cell, text) })
  const choose = (to: string, extend: boolean): void => setAnchor((held) => (extend ? (held.to === to ? held : { from: held.from, to }) : { from: to, to }))
  const key = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return
    const to = moved(sheet, event.shiftKey ? anchor.to : cell, event.key)
    if (to) { event.preventDefault(); choose(to, event.shiftKey) }
    else if (event.key === 'Delete' || event.key === 'Backspace') { bind(undefined); write('') }
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z') { event.preventDefault(); if (event.shiftKey) redo(); else undo() }
    else if (event.key === 'Enter' || event.key === 'F2') { event.preventDefault(); bar.current?.focus() }
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); write(event.key); bar.current?.focus() }
  }
  const removeSheet = (): void => {
    setD({ ...d, book: { ...d.book, sheets: d.book.sheets.filter((_, n) => n !== place) }, bindings: d.bindings.map((b) => pinned(b, d.book)).filter((b) => b.sheet !== place).map((b) => (b.sheet > place ? { ...b, sheet: b.sheet - 1 } : b)) })
    setAt(Math.max(0, place - 1))
  }
  const rename = (input: HTMLInputElement): void => {
    const name = input.value.trim()
    // Two of one name would make their formulas one another's.
    if (name === '' || d.book.sheets.some((one, n) => n !== place && one.name.toLowerCase() === name.toLowerCase())) input.value = sheet.name
    else if (name !== sheet.name) setD(renameSheet(d, place, name))
  }
  const free = (): string => { for (let n = d.book.sheets.length + 1; ; n += 1) if (!d.book.sheets.some((one) => one.name === `表${n}`)) return `表${n}` }
  const hidden = mergesOf(sheet).hidden.has(cell)
  const field = (label: string, control: ReactElement): ReactElement => <label className="ms-field"><span className="ms-field-label">{label}</span>{control}</label>
  return (
    <Page title={d.name || s('design')} sub={state.stateName} acts={
      <>
        <Link to="/analytics/reports/sheets">{s('sheets')}</Link>{state.state === 'published' ? <Link to={`/analytics/reports/sheets/${state.id}`}>{s('open')}</Link> : null}
        {dirty ? <span className="ms-hint">{s('leave')}</span> : null}
        <Button disabled={!canUndo || preview} onClick={undo}>{s('undo')}</Button><Button disabled={!canRedo || preview} onClick={redo}>{s('redo')}</Button>
        <Button disabled={busy || preview} onClick={() => file.current?.click()}>{s('replaceFile')}</Button>
        {state.hasDraft && state.state === 'published' ? <Button disabled={busy} onClick={() => void change('discard', s('confirmDiscard'))}>{s('discard')}</Button> : null}
        {state.state === 'withdrawn' ? <Button disabled={busy} onClick={() => void change('restore')}>{s('restore')}</Button> : state.state === 'published' ? <Button danger disabled={busy} onClick={() => void change('withdraw', s('confirmWithdraw'))}>{s('withdraw')}</Button> : null}
        <Button onClick={() => setPreview(!preview)} loading={preview && previewed.isFetching}>{s(preview ? 'stopPreview' : 'preview')}</Button>
        <Button disabled={busy || !dirty} onClick={() => void save()}>{s('save')}</Button><Button type="primary" loading={busy} disabled={state.state === 'withdrawn' || (!dirty && state.state === 'published' && !state.hasDraft)} onClick={() => void publish()}>{s('publish')}</Button>
        <input ref={file} type="file" hidden accept=".xlsx" aria-label={s('replaceFile')} onChange={(e) => { const one = e.target.files?.[0]; e.target.value = ''; if (one) void replace(one) }} />
      </>
    }>
      {problem ? <div className="ms-note" data-tone="over" role="alert">{problem.fields.length > 0 ? <ul className="ms-book-faults">{problem.fields.map((f) => <li key={f.path + f.message}>{f.message}</li>)}</ul> : <ProblemLine problem={problem} />}</div> : null}
      {state.warnings.length > 0 && !dirty ? <div className="ms-note" data-tone="near">{s('warnings')}：{state.warnings.join('；')}</div> : null}
      <div className="ms-book-editor">
        <div>
          {preview ? <p className="ms-hint">{s('previewHint')}{previewed.data ? `（${previewed.data.periodName}）` : ''}</p> : <>
            <StyleBar book={d.book} at={place} area={area} onChange={(next) => setD({ ...d, book: next })} />
            <LinesBar d={d} at={place} area={area} onChange={setD} />
            <div className="ms-book-line"><code aria-live="polite">{cell}</code><input ref={bar} className="ant-input" style={{ flex: 1, padding: '4px 8px', border: '1px solid var(--ms-line-control)', borderRadius: 6 }} aria-label={s('content')} placeholder={s('contentHint')} disabled={hidden} value={textIn(sheet.cells[cell])} maxLength={2000} onChange={(e) => write(e.target.value)} onKeyDown={(e) => { if (e.key === 'Enter' && !e.nativeEvent.isComposing) { const to = moved(sheet, cell, 'ArrowDown'); if (to) choose(to, false); document.querySelector<HTMLElement>('.ms-book')?.focus() } }} /></div>
          </>}
          {preview && previewed.isError ? <ProblemLine problem={previewed.error} /> : preview && !previewed.data ? <Loading lines={8} /> : preview ? <Grid sheet={sheet} styles={book.styles} draw={draw} label={sheet.name} /> : <Grid sheet={sheet} styles={book.styles} draw={draw} heads selected={area} label={sheet.name} onSelect={choose} onKey={key} onOpen={() => bar.current?.focus()} />}
          <div className="ms-row"><Tabs names={book.sheets.map((one) => one.name)} at={place} onChange={(n) => { setAt(n); choose('A1', false) }} />{preview ? null : <><Button size="small" onClick={() => { setD({ ...d, book: { ...d.book, sheets: [...d.book.sheets, emptySheet(free())] } }); setAt(d.book.sheets.length) }}>{s('addSheet')}</Button>{d.book.sheets.length > 1 ? <Popconfirm title={s('confirmRemove', { name: sheet.name })} onConfirm={removeSheet} okText={s('removeSheet')} cancelText={s('cancel')}><Button size="small">{s('removeSheet')}</Button></Popconfirm> : null}</>}</div>
        </div>
        <aside className="ms-report-side">
          <Section title={`${s('binding')} ${cell}`}><BindingForm sheet={place} cell={cell} binding={bound.get(`${place}!${cell}`)} catalogue={catalogue} onChange={bind} /></Section>
          <Section title={s('settings')}>
            <div className="ms-report-form">
              {field(s('name'), <Input value={d.name} maxLength={40} onChange={(e) => setD({ ...d, name: e.target.value })} />)}
              <div className="ms-data-half">{field(s('folder'), <Input value={d.folder} maxLength={40} onChange={(e) => setD({ ...d, folder: e.target.value })} />)}{field(s('cycle'), <Select value={d.cycle} options={cycleOptions} onChange={(cycle) => setD({ ...d, cycle })} />)}</div>
              {field(s('sheetName'), <Input key={`${place} ${sheet.name}`} defaultValue={sheet.name} maxLength={31} onPressEnter={(e) => e.currentTarget.blur()} onBlur={(e) => rename(e.target)} />)}
              <div className="ms-data-half">{field(s('rows'), <InputNumber min={1} max={2000} value={sheet.rows} onChange={(rows) => setD({ ...d, book: setSheet(d.book, place, (one) => ({ ...one, rows: rows ?? one.rows })) })} />)}{field(s('columns'), <InputNumber min={1} max={200} value={sheet.columns} onChange={(columns) => setD({ ...d, book: setSheet(d.book, place, (one) => ({ ...one, columns: columns ?? one.columns })) })} />)}</div>
              <ConditionsOf value={d.where} dimensions={catalogue.dimensions.map((one) => ({ value: one.key, label: `${one.group} · ${one.label}` }))} onChange={(where) => setD({ ...d, where })} />
              <ReadersField value={people.readers} onChange={(readers) => setPeople({ ...people, readers })} />
              <ReadersField label={s('designers')} everyone={s('designers.all')} value={people.designers} onChange={(designers) => setPeople({ ...people, designers })} />
              <ReadersField label={s('fillers')} value={people.fillers} onChange={(fillers) => setPeople({ ...people, fillers })} />
            </div>
          </Section>
        </aside>
      </div>
    </Page>
  )
}
