// An act that needs a reason, and where it needs one, a person or a node.
import { Button, Input, Modal } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useState } from 'react'
import { asProblem, type Problem } from '../../api/problem.ts'
import { ProblemLine } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Field } from './NodePanel.tsx'
import { t } from './texts.zh-CN.ts'

type Props = { open: boolean; title: string; text?: string; verb: string; danger?: boolean; label?: string; optional?: boolean; ready?: boolean; children?: ReactNode; onClose: () => void; run: (reason: string) => Promise<unknown>; onDone: () => Promise<unknown> | void }

export function ReasonDialog(props: Props): ReactElement {
  return <Modal open={props.open} title={props.title} onCancel={props.onClose} footer={null} destroyOnHidden width={480}>{props.open ? <Body {...props} /> : null}</Modal>
}

function Body({ text, verb, danger = false, label = t('reason'), optional = false, ready = true, children, onClose, run, onDone }: Props): ReactElement {
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const go = async () => {
    setBusy(true)
    try {
      await run(reason.trim())
      say(t('act_done'))
      onClose()
      await onDone()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="ms-stack" onSubmit={(event) => { event.preventDefault(); void go() }}>
      {problem ? <><ProblemLine problem={problem} />{problem.fields.map((one, i) => <span key={i} className="ms-field-error">{one.message}</span>)}</> : null}
      {text ? <div>{text}</div> : null}
      {children}
      <Field label={label}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
      <div className="ms-row" style={{ justifyContent: 'flex-end' }}><Button onClick={onClose}>{t('cancel')}</Button><Button type="primary" danger={danger} htmlType="submit" loading={busy} disabled={!ready || (!optional && reason.trim().length < 2)}>{verb}</Button></div>
    </form>
  )
}
