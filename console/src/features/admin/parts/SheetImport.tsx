// Bulk import by pasting cells or a CSV file: what was read, what the server says row by row, errors as a file.
import { Button, Input, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { asProblem } from '../../../api/problem.ts'
import type { Problem } from '../../../api/problem.ts'
import { ProblemLine } from '../../../ui/Empty.tsx'
import { csvOf, readSheet, saveText } from './sheet.ts'
import { sheetText } from './sheet-file.ts'
import type { SheetColumn } from './sheet.ts'
import { t } from './texts.zh-CN.ts'

export type SheetErrors = { imported: number; errors: { row: number; field: string; message: string }[] }
type Rows = Record<string, string>[]
type Props = {
  open: boolean
  onClose: () => void
  what: string
  columns: readonly SheetColumn[]
  /** What the rows become, where that is not plain. */
  note?: string
  /** Tries the rows without keeping them, where the server can. */
  check?: (rows: Rows) => Promise<SheetErrors>
  run: (rows: Rows) => Promise<SheetErrors>
}

export function SheetImport(props: Props): ReactElement {
  return <Modal open={props.open} title={t('importTitle', { what: props.what })} onCancel={props.onClose} footer={null} width={760} destroyOnHidden>{props.open ? <Panel {...props} /> : null}</Modal>
}

function Panel({ what, columns, note, check, run, onClose }: Props): ReactElement {
  const [text, setText] = useState('')
  const [report, setReport] = useState<(SheetErrors & { checked: boolean }) | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const file = useRef<HTMLInputElement>(null)
  const read = text.trim() === '' ? null : readSheet(text, columns)
  const ready = read !== null && read.rows.length > 0 && read.missing.length === 0
  const go = async (how: (rows: Rows) => Promise<SheetErrors>, checked: boolean) => {
    if (!read || busy) return
    setBusy(true)
    setProblem(null)
    try {
      setReport({ ...(await how(read.rows)), checked })
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const take = async (chosen: File) => {
    setProblem(null)
    try {
      setText(await sheetText(chosen))
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  const labelOf = (key: string) => columns.find((column) => column.key === key)?.label ?? key
  const bad = new Set(report?.errors.map((error) => error.row)).size
  return (
    <div className="ms-stack">
      {problem ? <ProblemLine problem={problem} /> : null}
      {report ? (
        <>
          <div className="ms-note" data-tone={report.errors.length ? undefined : 'info'} role="status">
            {report.checked ? t('importChecked', { good: (read?.rows.length ?? 0) - bad, bad }) : t('importDone', { n: report.imported, bad })}
          </div>
          {report.errors.length ? (
            <div className="ms-scroll" style={{ maxBlockSize: 320 }}>
              <table className="ms-plain-table">
                <thead><tr><th scope="col">{t('importRow')}</th><th scope="col">{t('importField')}</th><th scope="col">{t('importMessage')}</th></tr></thead>
                <tbody>{report.errors.map((error) => <tr key={`${error.row}-${error.field}-${error.message}`}><td className="ms-num">{error.row + 1}</td><td>{labelOf(error.field)}</td><td>{error.message}</td></tr>)}</tbody>
              </table>
            </div>
          ) : <div className="ms-muted">{t('importNoErrors')}</div>}
        </>
      ) : (
        <>
          <div className="ms-row">
            <span>{t('importHint')}</span>
            <span className="ms-grow" />
            <Button size="small" onClick={() => saveText(`${what}导入模板.csv`, csvOf([columns.map((column) => `${column.label}${column.required ? '*' : ''}`), columns.map((column) => column.example ?? '')]))}>{t('importTemplate')}</Button>
            <Button size="small" onClick={() => file.current?.click()}>{t('importFile')}</Button>
            <input ref={file} type="file" accept=".xlsx,.csv,.txt" hidden onChange={(e) => { const chosen = e.target.files?.[0]; e.target.value = ''; if (chosen) void take(chosen) }} />
          </div>
          <Input.TextArea autoFocus rows={10} value={text} placeholder={t('importPaste')} aria-label={t('importPaste')} onChange={(e) => setText(e.target.value)} />
          {note ? <div className="ms-hint">{note}</div> : null}
          <div className="ms-hint">{columns.map((column) => `${column.label}${column.required ? `（${t('required')}）` : ''}`).join('、')}</div>
          {read ? <div className="ms-row" role="status"><span>{t('importRead', { n: read.rows.length })}</span>{read.missing.length ? <span className="ms-field-error">{t('importMissing', { columns: read.missing.join('、') })}</span> : null}{read.unknown.length ? <span className="ms-muted">{t('importUnknown', { columns: read.unknown.join('、') })}</span> : null}</div> : null}
        </>
      )}
      <div className="ms-row" style={{ justifyContent: 'flex-end' }}>
        {report?.errors.length ? <Button onClick={() => saveText(`${what}导入错误.csv`, csvOf([[t('importRow'), t('importField'), t('importMessage')], ...report.errors.map((error) => [String(error.row + 1), labelOf(error.field), error.message])]))}>{t('importErrors')}</Button> : null}
        {report ? <Button onClick={() => setReport(null)}>{t('importBack')}</Button> : null}
        <Button onClick={onClose}>{t('close')}</Button>
        {!report && check ? <Button disabled={!ready} loading={busy} onClick={() => void go(check, true)}>{t('importCheck')}</Button> : null}
        {!report || report.checked ? <Button type="primary" disabled={!ready} loading={busy} onClick={() => void go(run, false)}>{t('importRun', { n: (read?.rows.length ?? 0) - (report?.checked ? bad : 0) })}</Button> : null}
      </div>
    </div>
  )
}
