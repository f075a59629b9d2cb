// Import of a sheet in three steps: the file is kept, each row is tried and told, the good rows are applied.
import { Button, Checkbox, Modal } from 'antd'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { useRef, useState } from 'react'
import { asProblem, networkProblem, problemFrom } from '../../../api/problem.ts'
import type { Problem } from '../../../api/problem.ts'
import type { OutputOf } from '../../../api/call.ts'
import { call } from '../../../api/call.ts'
import { csrfToken, newKey } from '../../../api/http.ts'
import { ProblemLine } from '../../../ui/Empty.tsx'
import { Icon } from '../../../ui/icons.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { standardQueries } from './use-standard-acts.tsx'
import { t } from './texts.zh-CN.ts'

type Kind = 'matter' | 'dutyEntry' | 'schemeNode' | 'enterprise'
type Report = OutputOf<'checkMatterImport'>

/** Multipart, which the JSON client does not speak. @throws Problem */
async function sendFile<T>(path: string, file: File): Promise<T> {
  const form = new FormData()
  form.append('file', file, file.name)
  const csrf = csrfToken()
  const response = await fetch(path, { method: 'POST', body: form, credentials: 'same-origin', headers: { accept: 'application/json', 'idempotency-key': newKey(), ...(csrf ? { 'x-csrf-token': csrf } : {}) } }).catch(() => { throw networkProblem() })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) throw problemFrom(response.status, body)
  return body as T // the boundary: checked by the server against its contract
}

export function StandardImport({ kind, open, onClose }: { kind: Kind; open: boolean; onClose: () => void }): ReactElement {
  return <Modal open={open} onCancel={onClose} footer={null} width={820} title={t('importTitle', { what: t(`kind_${kind}`) })} destroyOnHidden>{open ? <Panel kind={kind} onClose={onClose} /> : null}</Modal>
}

function Panel({ kind, onClose }: { kind: Kind; onClose: () => void }): ReactElement {
  const client = useQueryClient()
  const [report, setReport] = useState<Report | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [onlyBad, setOnlyBad] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const work = async (what: () => Promise<Report>) => {
    setBusy(true)
    setProblem(null)
    try {
      const next = await what()
      setReport(next)
      setOnlyBad(next.bad > 0)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const take = (file: File) => work(async () => {
    const { id } = await sendFile<OutputOf<'uploadMatterImport'>>(`/api/matters/imports/${kind}`, file)
    return call('checkMatterImport', { id })
  })
  const apply = (submit: boolean) => work(async () => {
    const done = await call('applyMatterImport', { id: report?.id ?? '', submit })
    await Promise.all(standardQueries.map((name) => client.invalidateQueries({ queryKey: [name] })))
    return done
  })
  const rows = (report?.rows ?? []).filter((row) => !onlyBad || !row.ok)
  return (
    <div className="ms-stack">
      {problem ? <ProblemLine problem={problem} /> : null}
      {!report ? (
        <>
          <div className="ms-muted">{t('importHint')}</div>
          <div className="ms-row">
            <Button type="primary" loading={busy} icon={<Icon name="upload" />} onClick={() => input.current?.click()}>{busy ? t('importChecking') : t('importPick')}</Button>
            <Button icon={<Icon name="download" />} href={`/api/matters/imports/${kind}/template`} download>{t('importTemplate')}</Button>
            <input ref={input} type="file" accept=".xlsx,.csv" hidden onChange={(e) => { const file = e.target.files?.[0]; if (file) void take(file); e.target.value = '' }} />
          </div>
        </>
      ) : (
        <>
          <div className="ms-row" role="status">
            <strong>{report.fileName}</strong>
            <Tag tone="ok" icon="check">{report.state === 'applied' ? t('importDone', { n: report.good }) : t('importGood', { n: report.good })}</Tag>
            {report.bad ? <Tag tone="over" icon="warning">{t('importBad', { n: report.bad })}</Tag> : null}
            <span className="ms-grow" />
            {report.bad ? <Checkbox checked={onlyBad} onChange={(e) => setOnlyBad(e.target.checked)}>{t('importOnlyBad')}</Checkbox> : null}
          </div>
          <div className="ms-scroll">
            <table className="ms-plain-table">
              <thead><tr><th scope="col" className="ms-num">{t('importRow')}</th><th scope="col">{t('importName')}</th><th scope="col">{t('importProblem')}</th></tr></thead>
              <tbody>{rows.slice(0, 500).map((row) => <tr key={row.line}><td className="ms-num">{row.line}</td><td>{row.title}</td><td>{row.ok ? <span className="ms-muted">{t('importOk')}</span> : <span className="ms-field-error">{row.messages.join('；')}</span>}</td></tr>)}</tbody>
            </table>
          </div>
          <div className="ms-row">
            <Button onClick={() => { setReport(null); setProblem(null) }}>{t('importAgain')}</Button>
            {report.bad ? <Button href={`/api/matters/imports/${report.id}/errors`} download>{t('importErrors')}</Button> : null}
            <span className="ms-grow" />
            {report.state === 'applied' ? <Button type="primary" onClick={onClose}>{t('close')}</Button> : report.good === 0 ? <span className="ms-muted">{t('importNone')}</span> : (
              <><Button disabled={busy} onClick={() => void apply(false)}>{t('importDraft', { n: report.good })}</Button><Button type="primary" loading={busy} onClick={() => void apply(true)}>{t('importApply', { n: report.good })}</Button></>
            )}
          </div>
        </>
      )}
    </div>
  )
}
