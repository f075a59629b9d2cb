// The upper platform's detail file: chosen, its columns told, every row tried; nothing is kept before the last click.
import { useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox, Modal, Select } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { ProblemLine } from '../../ui/Empty.tsx'
import { followTask } from '../../ui/long-work.ts'
import { say } from '../../ui/notices.ts'
import { uploadFile } from '../../ui/upload.ts'
import { useAct } from '../../ui/use-act.ts'
import { csvOf, saveText } from '../admin/parts/sheet.ts'
import { u } from './upper.zh-CN.ts'

type Looked = OutputOf<'previewUpperDetail'>
type Mapping = Looked['mapping']
const stale = ['upperSummary', 'listUpperDetails', 'upperValues', 'removedByUnit', 'list']
const SHOWN = 100

export function UpperImport({ month, onClose }: { month: string; onClose: () => void }): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<{ id: string; whole: boolean } | null>(null)
  const [looked, setLooked] = useState<Looked | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const send = useAct(...stale)
  const client = useQueryClient()
  const refresh = () => Promise.all(stale.map((name) => client.invalidateQueries({ queryKey: [name] })))
  const attempt = async (words: string, work: () => Promise<void>): Promise<void> => {
    setBusy(words)
    setProblem(null)
    try {
      await work()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(null)
    }
  }
  const look = async (id: string, whole: boolean, mapping?: Mapping): Promise<void> => {
    setLooked(await call('previewUpperDetail', { month, fileId: id, whole, ...(mapping ? { mapping } : {}) }))
    setFile({ id, whole })
  }
  const take = (chosen: File) => attempt(u('uploading', { n: 0 }), async () => {
    const stored = await uploadFile(chosen, 'import', (n) => setBusy(u('uploading', { n })), new AbortController().signal)
    setBusy(u('reading'))
    await look(stored.id, true)
  })
  const run = () => attempt(u('reading'), async () => {
    if (!file || !looked) return
    const { taskId } = await send('importUpperDetail', { month, fileId: file.id, whole: file.whole, mapping: looked.mapping })
    const task = await followTask(taskId, ({ done, total }) => setBusy(u('keeping', { done, total: total ?? looked.good })))
    const done = task?.result as { taken: number; marked: number; unmarked: number } | undefined // what the import's own job wrote
    say(done ? `${u('done', { n: done.taken })}${done.marked + done.unmarked > 0 ? u('doneMarks', { marked: done.marked, unmarked: done.unmarked }) : ''}` : u('goesOn'))
    await refresh()
    onClose()
  })
  return (
    <Modal open title={`${u('import')} · ${month}`} onCancel={onClose} width={860} footer={null}>
      <div className="ms-stack">
        {problem ? <div><ProblemLine problem={problem} />{problem.fields.map((f) => <div key={f.path + f.message} className="ms-field-error">{f.message}</div>)}</div> : null}
        {looked && file ? <Report looked={looked} whole={file.whole} busy={busy !== null} onLook={(mapping, whole) => void attempt(u('reading'), () => look(file.id, whole, mapping))} /> : <div className="ms-hint">{u('importNote')}</div>}
        <div className="ms-row" style={{ justifyContent: 'flex-end' }}>
          <span className="ms-muted ms-grow" aria-live="polite">{busy ?? ''}</span>
          {looked ? null : <Button href="/api/assessment/upper/template" download>{u('template')}</Button>}
          <Button onClick={onClose}>{u('cancel')}</Button>
          <Button type={looked ? 'default' : 'primary'} loading={busy !== null && !looked} onClick={() => input.current?.click()}>{u(looked ? 'again' : 'file')}</Button>
          {looked ? <Button type="primary" loading={busy !== null} disabled={looked.good === 0} onClick={() => void run()}>{u('run', { n: looked.good })}</Button> : null}
        </div>
        <input ref={input} type="file" hidden accept={u('fileTypes')} aria-label={u('file')} onChange={(e) => { const chosen = e.target.files?.[0]; e.target.value = ''; if (chosen) void take(chosen) }} />
      </div>
    </Modal>
  )
}

function Report({ looked, whole, busy, onLook }: { looked: Looked; whole: boolean; busy: boolean; onLook: (mapping: Mapping, whole: boolean) => void }): ReactElement {
  const change = (field: string, column: string | undefined) => {
    // a column has one meaning
    const others = Object.entries(looked.mapping).filter(([name, value]) => name !== field && value !== column)
    onLook(Object.fromEntries(column ? [...others, [field, column]] : others), whole)
  }
  const nameOf = (field: string) => looked.fields.find((f) => f.field === field)?.name ?? ''
  const save = () => saveText('上级明细有误的行.csv', csvOf([[u('line', { n: '' }), u('field'), u('errors')], ...looked.faults.map((f) => [String(f.line), nameOf(f.field), f.message])]))
  return (
    <>
      <div className="ms-note" data-tone={looked.faultCount > 0 ? undefined : 'info'} role="status">
        <strong>{looked.fileName}</strong>　{u('report', { rows: looked.rows, good: looked.good, bad: looked.faultCount })}{looked.replaces > 0 ? `；${u('replaces', { n: looked.replaces })}${looked.dropped > 0 ? `，${u('dropped', { n: looked.dropped })}` : ''}，${u('keep')}` : ''}
      </div>
      <div className="ms-scroll" style={{ maxBlockSize: 260 }}>
        <table className="ms-plain-table">
          <caption className="ms-hidden">{u('mapping')}</caption>
          <thead><tr><th scope="col">{u('field')}</th><th scope="col" style={{ inlineSize: 260 }}>{u('column')}</th><th scope="col">{u('example')}</th></tr></thead>
          <tbody>{looked.fields.map(({ field, name, required, example }) => (
            <tr key={field}><td>{name}{required ? <span className="ms-hint"> {u('required')}</span> : null}</td><td><Select size="small" disabled={busy} style={{ inlineSize: '100%' }} allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={u('none')} aria-label={name} value={looked.mapping[field]} options={looked.columns.map((column) => ({ value: column, label: column }))} onChange={(column?: string) => change(field, column)} /></td><td className="ms-muted">{example}</td></tr>
          ))}</tbody>
        </table>
      </div>
      <Checkbox checked={whole} disabled={busy} onChange={(e) => onLook(looked.mapping, e.target.checked)}>{u('whole')}</Checkbox>
      {looked.faultCount > 0 ? (
        <div className="ms-scroll" style={{ maxBlockSize: 200 }}>
          <table className="ms-plain-table">
            <caption className="ms-hidden">{u('errors')}</caption>
            <tbody>{looked.faults.slice(0, SHOWN).map((f, i) => <tr key={`${f.line}${f.field}${i}`}><td className="ms-assess-nowrap">{u('line', { n: f.line })}</td><td>{nameOf(f.field)}</td><td>{f.message}</td></tr>)}</tbody>
          </table>
          <div className="ms-row">{looked.faultCount > SHOWN ? <span className="ms-hint">{u('more', { n: looked.faultCount - SHOWN })}</span> : null}<Button size="small" type="link" onClick={save}>{u('saveErrors')}</Button></div>
        </div>
      ) : null}
    </>
  )
}
