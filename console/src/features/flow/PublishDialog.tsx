// Before a version comes into force: what changes, who is affected, from when.
import { Button, Input, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { say } from '../../ui/notices.ts'
import { Changes } from './Changes.tsx'
import type { Flow, Version } from './flow-types.ts'
import { Field } from './NodePanel.tsx'
import { t } from './texts.zh-CN.ts'

type Props = { open: boolean; flow: Flow; version: Version; onClose: () => void; onProblem: (problem: Problem) => void; onDone: () => Promise<void> }

export function PublishDialog({ open, flow, version, onClose, onProblem, onDone }: Props): ReactElement {
  const running = flow.versions.find((one) => one.state === 'published')
  const [note, setNote] = useState('')
  const [at, setAt] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const diff = useQueryOf('compareFlowVersions', { id: version.id, with: running?.id ?? version.id }, { enabled: open && running !== undefined && running.id !== version.id })
  const go = async () => {
    setBusy(true)
    try {
      const answer = await call('publishFlow', { id: version.id, ...(note.trim() ? { note: note.trim() } : {}), ...(at ? { effectiveAt: at } : {}) })
      say(t(answer.state === 'scheduled' ? 'publishLater' : 'publishDone', { n: version.version }))
      await onDone()
    } catch (error) {
      onProblem(asProblem(error))
      onClose()
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal open={open} title={t('publishTitle', { n: version.version })} onCancel={onClose} width={640} destroyOnHidden footer={<><Button onClick={onClose}>{t('cancel')}</Button><Button type="primary" loading={busy} onClick={() => void go()}>{t('publishTitle', { n: version.version })}</Button></>}>
      <div className="ms-stack">
        <div>{t('publishText', { running: flow.versions.reduce((sum, one) => sum + one.running, 0) })}</div>
        <strong>{t('changesToRunning')}</strong>
        {running && running.id !== version.id ? (diff.data ? <Changes changes={diff.data.changes} /> : null) : <span className="ms-muted">{t('firstVersion')}</span>}
        <Field label={t('publishNote')}><Input.TextArea autoFocus autoSize={{ minRows: 2 }} maxLength={500} value={note} onChange={(e) => setNote(e.target.value)} /></Field>
        <div className="ms-field"><span className="ms-field-label">{t('publishWhen')}</span><DateInput withTime value={at ?? ''} onChange={(value) => setAt(value ?? null)} placeholder={t('publishNow')} /></div>
      </div>
    </Modal>
  )
}
