// Many items out of a sheet: the template, a look at what would fail, then drafts; rows that failed go back as a sheet.
import { Button, Drawer } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ChoiceSelect } from '../../ui/ChoiceSelect.tsx'
import { say } from '../../ui/notices.ts'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { csvOf, saveText } from '../admin/parts/sheet.ts'
import { sheetRows } from '../admin/parts/sheet-file.ts'
import { knowledgeQueries } from './EditPage.tsx'
import { t } from './texts.zh-CN.ts'

type Rows = Record<string, string>[]
type Looked = { name: string; rows: Rows; result: OutputOf<'importKnowledge'> }

export function ImportItems({ close }: { close: () => void }): ReactElement {
  const types = useQueryOf('listKnowledgeTypes', {}, { staleTime: 300_000 })
  const offered = (types.data?.items ?? []).filter((one) => one.enabled)
  const [type, setType] = useState<string | undefined>(undefined)
  const [looked, setLooked] = useState<Looked | null>(null)
  const [done, setDone] = useState<Looked | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const send = useAct(...knowledgeQueries)
  const run = async (work: () => Promise<void>) => {
    setBusy(true)
    setProblem(null)
    await work().catch((error: unknown) => setProblem(asProblem(error).message))
    setBusy(false)
  }
  const template = () => void run(async () => {
    const { columns } = await call('listKnowledgeImportColumns', { typeCode: type ?? offered[0]?.code ?? 'faq' })
    saveText(`${t('importTemplate')}.csv`, csvOf([columns.map((one) => one.label), columns.map((one) => one.example)]))
  })
  const look = (chosen: File | undefined) => {
    if (!chosen) return
    setDone(null)
    void run(async () => {
      const [head = [], ...lines] = await sheetRows(chosen)
      const rows = lines.filter((line) => line.some(Boolean)).map((line) => Object.fromEntries(head.map((name, at) => [name.trim().slice(0, 60), line[at] ?? '']).filter(([name]) => name !== '')) as Record<string, string>)
      setLooked({ name: chosen.name, rows, result: await send('importKnowledge', { name: chosen.name, rows, check: true }) })
    })
  }
  const take = (of: Looked) => void run(async () => {
    const result = await send('importKnowledge', { name: of.name, rows: of.rows })
    setLooked(null)
    setDone({ ...of, result })
    say(t('importedItems', { n: result.added, bad: result.failed.length }), result.failed.length > 0 ? 'over' : 'ok')
  })
  const failures = ({ rows, result }: Looked) => {
    const head = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    saveText(`${t('importErrors')}.csv`, csvOf([[...head, t('reason')], ...result.failed.map((one) => [...head.map((name) => rows[one.row - 2]?.[name] ?? ''), one.message])]))
  }
  const shown = looked ?? done
  return (
    <Drawer open onClose={close} title={t('importItems')} size={640} footer={looked ? <div className="ms-row" style={{ justifyContent: 'flex-end' }}><Button onClick={() => setLooked(null)}>{t('otherFile')}</Button><Button type="primary" loading={busy} disabled={looked.result.added === 0} onClick={() => take(looked)}>{t('importRows', { n: looked.result.added })}</Button></div> : null}>
      <div className="ms-stack">
        <p className="ms-hint" style={{ margin: 0 }}>{t('importItemsHelp')}</p>
        <div className="ms-row"><span style={{ inlineSize: 180 }}><ChoiceSelect choices={offered.map((one) => ({ value: one.code, label: one.name }))} value={type ?? offered[0]?.code} onChange={(next) => setType(typeof next === 'string' ? next : undefined)} /></span><Button disabled={busy} onClick={template}>{t('importTemplate')}</Button>
          <input ref={file} type="file" hidden accept=".xlsx,.csv" aria-label={t('importItems')} onChange={(e) => { look(e.target.files?.[0]); e.target.value = '' }} /><Button type={shown ? 'default' : 'primary'} loading={busy && !looked} onClick={() => file.current?.click()}>{t('chooseFile')}</Button></div>
        {problem ? <div className="ms-note" role="alert">{problem}</div> : null}
        {shown ? <div className="ms-row"><strong>{shown.name}</strong><Tag tone="ok" icon="check">{t(looked ? 'rowsGood' : 'rowsDone', { n: shown.result.added })}</Tag>{shown.result.failed.length > 0 ? <><Tag tone="over" icon="warning">{t('rowsBad', { n: shown.result.failed.length })}</Tag><button type="button" className="ms-link-button" onClick={() => failures(shown)}>{t('importErrors')}</button></> : null}</div> : null}
        {shown && shown.result.failed.length > 0 ? <div className="ms-scroll"><table className="ms-plain-table"><thead><tr><th scope="col" className="ms-num">{t('line')}</th><th scope="col">{t('title')}</th><th scope="col">{t('reason')}</th></tr></thead><tbody>{shown.result.failed.map((one) => <tr key={one.row}><td className="ms-num">{one.row}</td><td>{one.title || '–'}</td><td className="ms-field-error">{one.message}</td></tr>)}</tbody></table></div> : null}
        {done && done.result.added > 0 ? <Link to="/knowledge/tickets?box=mine">{t('toDrafts')}</Link> : null}
      </div>
    </Drawer>
  )
}
