// 录入数据: figures that no order tells, a grid of objects and inputs; sheets with evidence below it, reviewed by somebody else.
import { Button, Input } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { Link, useParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { Attachments, type Attachment } from '../../ui/Attachments.tsx'
import { Empty, ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { uploadFile } from '../../ui/upload.ts'
import { useAct } from '../../ui/use-act.ts'
import { FigureSheets } from './FigureSheets.tsx'
import { f } from './figures.zh-CN.ts'
import './assessment.css'

type Answer = OutputOf<'listAssessmentFigures'>
const stale = ['listAssessmentFigures', 'showAssessmentPeriod', 'listObjectFigures']

export default function FiguresPage(): ReactElement {
  const id = useParams()['period'] ?? ''
  const figures = useQueryOf('listAssessmentFigures', { id }, { keepPrevious: true })
  useTopic('assessment', stale)
  const data = figures.data
  return (
    <Page title={data ? `${f('title')} · ${data.periodName}` : f('title')} help="assessment" sub={data ? <Link to={`/assessment/${id}`}>{data.periodName} · {data.modelName}</Link> : null}
      acts={data && data.inputs.length > 0 ? <Button type="text" href={`/api/assessment/periods/${id}/figures/template`} download>{f('template')}</Button> : null}>
      <QueryView query={figures}>
        {(found) => found.inputs.length === 0 ? <Section><Empty kind="pending" text={f('none')} hint={<Link to="/assessment/models">{f('noneHint')}</Link>} /></Section> : (
          <>
            {found.behind ? <div className="ms-note">{f('behind')}</div> : null}
            {found.why ? <div className="ms-note" data-tone="info">{found.why}</div> : null}
            {found.objects.length === 0 ? <Section><Empty kind="pending" text={f('noObjects')} /></Section> : <Grid id={id} data={found} key={found.sheets[0]?.id ?? 'first'} />}
            <FigureSheets sheets={found.sheets} />
          </>
        )}
      </QueryView>
    </Page>
  )
}

const keyOf = (objectId: string, code: string): string => `${objectId} ${code}`

function Grid({ id, data }: { id: string; data: Answer }): ReactElement {
  const send = useAct(...stale)
  const [typed, setTyped] = useState<Record<string, string>>({})
  const [reasons, setReasons] = useState<Record<string, string>>({})
  const [note, setNote] = useState('')
  const [files, setFiles] = useState<Attachment[]>([])
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const chosen = useRef<HTMLInputElement>(null)
  const held = new Map(data.figures.map((one) => [keyOf(one.objectId, one.code), one]))
  const asked = data.inputs.filter((one) => one.source === 'entered')
  // An empty cell says nothing, unless its line says why there is nothing.
  const rows = data.objects.flatMap((object) => asked.flatMap(({ code }) => {
    const [key, reason] = [keyOf(object.id, code), (reasons[object.id] ?? '').trim()]
    const now = held.get(key)
    const value = (typed[key] ?? now?.value ?? '').trim()
    if (now?.pending || (value === '' ? reason === '' && (now?.value ?? null) === null : value === (now?.value ?? ''))) return []
    return [{ objectId: object.id, code, value: value === '' ? null : value, reason: value === '' ? reason : '' }]
  }))
  const attempt = async (work: () => Promise<{ rows: unknown[] }>): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      say(f('submitted', { n: (await work()).rows.length }))
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const take = (file: File) => attempt(async () => {
    const stored = await uploadFile(file, 'import', () => undefined, new AbortController().signal)
    return send('importAssessmentFigures', { id, fileId: stored.id, note, fileIds: files.map((one) => one.id) })
  })
  const faultAt = (objectId: string, code: string): string | undefined => {
    const i = rows.findIndex((row) => row.objectId === objectId && row.code === code)
    return i < 0 ? undefined : problem?.fields.find((one) => one.path === `rows.${i}.value`)?.message
  }
  const cell = (object: Answer['objects'][number], input: Answer['inputs'][number]): ReactElement => {
    const key = keyOf(object.id, input.code)
    const now = held.get(key)
    if (input.source === 'score') return <>{now?.value !== null && now?.periodId ? <Link to={`/assessment/${now.periodId}`}>{now.value}</Link> : '–'} <span className="ms-hint">{now?.reason}</span></>
    const fault = faultAt(object.id, input.code)
    if (!data.mayEnter || now?.pending) return <>{now?.value ?? '–'} {now?.pending ? <Tag tone="near">{f('pending')}</Tag> : <span className="ms-hint">{now?.value === null ? now.reason : ''}</span>}</>
    return (
      <>
        <Input size="small" inputMode="decimal" aria-label={`${object.name} ${input.name}`} value={typed[key] ?? now?.value ?? ''} maxLength={17} {...(fault ? { status: 'error' as const } : {})} onChange={(e) => { setTyped({ ...typed, [key]: e.target.value }); setProblem(null) }} style={{ inlineSize: 110 }} />
        {fault ? <div className="ms-field-error" role="alert">{fault}</div> : now?.value === null && now.sheetId ? <div className="ms-hint">{now.reason}</div> : null}
      </>
    )
  }
  return (
    <Section flush title={f('title')} extra={<span className="ms-hint">{f('hint')}</span>}>
      <div className="ms-assess-table">
        <table className="ms-plain-table">
          <caption className="ms-hidden">{f('title')}</caption>
          <thead><tr><th scope="col">{f('object')}</th>{data.inputs.map((one) => <th key={one.code} scope="col" title={one.help}>{one.name}<span className="ms-hint">{one.source === 'score' ? ` ${f('from', { model: one.modelName ?? '' })}` : ` ${one.unit}`}</span></th>)}{data.mayEnter && asked.length > 0 ? <th scope="col" title={f('reasonHint')}>{f('reason')}</th> : null}</tr></thead>
          <tbody>{data.objects.map((object) => (
            <tr key={object.id}><th scope="row">{object.name}{object.peer ? <span className="ms-hint"> {object.peer}</span> : null}</th>{data.inputs.map((input) => <td key={input.code}>{cell(object, input)}</td>)}{data.mayEnter && asked.length > 0 ? <td><Input size="small" aria-label={`${object.name} ${f('reason')}`} maxLength={200} value={reasons[object.id] ?? ''} onChange={(e) => setReasons({ ...reasons, [object.id]: e.target.value })} /></td> : null}</tr>
          ))}</tbody>
        </table>
      </div>
      {data.mayEnter && asked.length > 0 ? (
        <div className="ms-assess-enter">
          {problem ? <div><ProblemLine problem={problem} />{problem.fields.filter((one) => !one.path.startsWith('rows.')).map((one) => <div key={one.path + one.message} className="ms-field-error">{one.message}</div>)}</div> : null}
          <label className="ms-field"><span className="ms-field-label">{f('note')}</span><Input maxLength={500} value={note} onChange={(e) => setNote(e.target.value)} /></label>
          <div className="ms-field"><span className="ms-field-label">{f('files')}</span><Attachments value={files} onChange={setFiles} max={10} /></div>
          <div className="ms-row" style={{ justifyContent: 'flex-end' }}>
            <span className="ms-muted ms-grow">{rows.length > 0 ? f('changed', { n: rows.length }) : ''}</span>
            <Button disabled={busy} onClick={() => chosen.current?.click()}>{f('import')}</Button>
            <Button type="primary" loading={busy} disabled={rows.length === 0} onClick={() => void attempt(() => send('enterAssessmentFigures', { id, rows, note, fileIds: files.map((one) => one.id) }))}>{f('submit')}</Button>
          </div>
          <input ref={chosen} type="file" hidden accept=".xlsx,.csv" aria-label={f('import')} onChange={(e) => { const file = e.target.files?.[0]; e.target.value = ''; if (file) void take(file) }} />
        </div>
      ) : null}
    </Section>
  )
}
