// Orders out of a file: upload, look at what the columns mean, start; the work itself goes on in the task centre.
import { Button, Input, Select, Steps } from 'antd'
import type { DragEvent, ReactElement } from 'react'
import { useRef, useState } from 'react'
import { useSearchParams } from 'react-router'
import { call } from '../../api/call.ts'
import type { InputOf, OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { ChoiceSelect } from '../../ui/ChoiceSelect.tsx'
import { ProblemLine } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { useKeys } from '../../ui/keys.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { uploadFile } from '../../ui/upload.ts'
import { ImportProgress } from './ImportProgress.tsx'
import { t } from './texts.zh-CN.ts'
import './imports.css'

type Preview = OutputOf<'previewImport'>
type Mapping = Preview['mapping']
type Field = Preview['fields'][number]['field']

export default function ImportPage(): ReactElement {
  const [search, setSearch] = useSearchParams()
  const task = search.get('task')
  const [fileId, setFileId] = useState<string | null>(null)
  const [preview, setPreview] = useState<Preview | null>(null)
  const [busy, setBusy] = useState<string | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)

  const look = async (id: string, more: Omit<InputOf<'previewImport'>, 'fileId'> = {}) => {
    setBusy(t('reading'))
    setProblem(null)
    try {
      setPreview(await call('previewImport', { fileId: id, ...more }))
      setFileId(id)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(null)
    }
  }
  const take = async (file: File) => {
    setProblem(null)
    setBusy(t('uploading', { n: 0 }))
    try {
      const stored = await uploadFile(file, 'import', (n) => setBusy(t('uploading', { n })), new AbortController().signal)
      await look(stored.id)
    } catch (error) {
      setProblem(asProblem(error))
      setBusy(null)
    }
  }
  const reset = () => { setFileId(null); setPreview(null); setProblem(null); setSearch({}) }
  return (
    <Page title={t('title')} help="import" bar={<Steps size="small" current={task ? 2 : preview ? 1 : 0} items={[{ title: t('step1') }, { title: t('step2') }, { title: t('step3') }]} style={{ maxInlineSize: 640 }} />}>
      {problem ? <div><ProblemLine problem={problem} />{problem.fields.map((field) => <div key={field.path + field.message} className="ms-field-error">{field.message}</div>)}</div> : null}
      {task ? <ImportProgress taskId={task} onAgain={reset} /> : preview && fileId ? (
        <Mapper key={fileId} preview={preview} fileId={fileId} busy={busy !== null} onLook={(more) => void look(fileId, more)} onStarted={(taskId) => setSearch({ task: taskId })} onAgain={reset} onProblem={setProblem} />
      ) : <DropZone busy={busy} onFile={(file) => void take(file)} />}
    </Page>
  )
}

function DropZone({ busy, onFile }: { busy: string | null; onFile: (file: File) => void }): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const file = event.dataTransfer.files[0]
    if (file && !busy) onFile(file)
  }
  return (
    <Section>
      <button type="button" className="ms-drop" data-over={over || undefined} disabled={busy !== null} onClick={() => input.current?.click()} onDragOver={(e) => { e.preventDefault(); setOver(true) }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <Icon name="upload" size={24} />
        <strong aria-live="polite">{busy ?? t('drop')}</strong>
        <span className="ms-muted">{t('accepts')}</span>
      </button>
      <input ref={input} type="file" hidden accept={t('fileTypes')} onChange={(e) => { const file = e.target.files?.[0]; if (file) onFile(file); e.target.value = '' }} />
    </Section>
  )
}

type MapperProps = { preview: Preview; fileId: string; busy: boolean; onLook: (more: Omit<InputOf<'previewImport'>, 'fileId'>) => void; onStarted: (taskId: string) => void; onAgain: () => void; onProblem: (problem: Problem) => void }

function Mapper({ preview, fileId, busy, onLook, onStarted, onAgain, onProblem }: MapperProps): ReactElement {
  const types = useQueryOf('matterOptions', {}, { staleTime: 300_000 })
  const start = useCommand('startImport')
  const [mapping, setMapping] = useState<Mapping>(preview.mapping)
  const [source, setSource] = useState(preview.source)
  const [appealType, setAppealType] = useState<string | undefined>(undefined)
  const change = (field: Field, column: string | undefined) => {
    const { [field]: _before, ...others } = mapping
    // a column has one meaning
    const next: Mapping = Object.fromEntries(Object.entries(column ? { ...others, [field]: column } : others).filter(([name, value]) => name === field || value !== column))
    setMapping(next)
    onLook({ mapping: next, source, ...(appealType ? { appealType } : {}) })
  }
  const extra = preview.columns.filter((column) => !Object.values(mapping).includes(column))
  const complete = mapping.title !== undefined || mapping.content !== undefined
  const bad = preview.rows.filter((row) => row.errors.length > 0).length
  const go = async () => {
    if (!complete || start.isPending || busy) return
    try {
      const { taskId } = await start.mutateAsync({ fileId, mapping, source: source.trim() || preview.source, ...(appealType ? { appealType } : {}) })
      onStarted(taskId)
    } catch (error) {
      onProblem(asProblem(error))
    }
  }
  useKeys(t('title'), [{ keys: 'Ctrl Enter', label: t('start'), run: () => void go() }])
  return (
    <>
      <Section title={<span className="ms-row">{preview.fileName} <Tag>{preview.kind.toUpperCase()}</Tag></span>} extra={<Button size="small" onClick={onAgain}>{t('again')}</Button>}>
        <div className="ms-importhead">
          <label className="ms-field"><span className="ms-field-label">{t('source')}</span><Input maxLength={80} value={source} onChange={(e) => setSource(e.target.value)} /><span className="ms-hint">{t('sourceHint')}</span></label>
          <label className="ms-field"><span className="ms-field-label">{t('type')}</span><ChoiceSelect choices={(types.data?.appealTypes ?? []).map((type) => ({ value: type.id, label: type.name }))} value={appealType} onChange={(next) => { const type = typeof next === 'string' ? next : undefined; setAppealType(type); onLook({ mapping, source, ...(type ? { appealType: type } : {}) }) }} /><span className="ms-hint">{t('typeHint')}</span></label>
        </div>
      </Section>
      <Section flush title={<span className="ms-row">{t('mapping')} <span className="ms-hint">{t('mappingHint')}</span></span>}>
        <table className="ms-plain-table">
          <thead><tr><th scope="col">{t('field')}</th><th scope="col" style={{ inlineSize: 280 }}>{t('column')}</th><th scope="col">{t('example')}</th></tr></thead>
          <tbody>{preview.fields.map(({ field, name }) => (
            <tr key={field}>
              <td>{name}</td>
              <td><Select size="small" style={{ inlineSize: '100%' }} allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t('none')} aria-label={name} value={mapping[field]} options={preview.columns.map((column) => ({ value: column, label: column }))} onChange={(column?: string) => change(field, column)} /></td>
              <td className="ms-muted"><span className="ms-clamp">{mapping[field] ? preview.rows[0]?.values[mapping[field]] : ''}</span></td>
            </tr>
          ))}</tbody>
        </table>
        {extra.length ? <p className="ms-hint" style={{ margin: 'var(--ms-space-2) var(--ms-space-4)' }}>{t('extra', { columns: extra.join('、') })}</p> : null}
      </Section>
      <Section flush title={<span className="ms-row">{t('preview', { n: preview.rows.length })} {bad ? <Tag tone="over" icon="warning">{t('bad', { n: bad })}</Tag> : <Tag tone="ok" icon="check">{t('allOk')}</Tag>}</span>}>
        <div className="ms-scroll">
          <table className="ms-plain-table">
            <thead><tr><th scope="col" className="ms-num">{t('line')}</th><th scope="col">{t('titleOf')}</th><th scope="col">{t('content')}</th><th scope="col">{t('at')}</th><th scope="col">{t('requester')}</th></tr></thead>
            <tbody>{preview.rows.map((row) => (
              <tr key={row.line}>
                <td className="ms-num">{row.line}</td>
                {row.result ? <><td><span className="ms-clamp">{row.result.title}</span></td><td><span className="ms-clamp">{row.result.content}</span></td><td>{row.result.occurredAt ? <Time iso={row.result.occurredAt} /> : '–'}</td><td>{row.result.requester}</td></> : <td colSpan={4} className="ms-field-error">{row.errors.join('；')}</td>}
              </tr>
            ))}</tbody>
          </table>
        </div>
      </Section>
      <div className="ms-importfoot">
        <span className="ms-muted">{t('leave')}</span>
        <span className="ms-grow" />
        {complete ? null : <span className="ms-field-error">{t('missing')}</span>}
        <Button type="primary" loading={start.isPending} disabled={!complete || busy} onClick={() => void go()}>{t('start')}<kbd className="ms-kbd">Ctrl ↵</kbd></Button>
      </div>
    </>
  )
}
