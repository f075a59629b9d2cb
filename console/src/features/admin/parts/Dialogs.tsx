// Two dialogs of administration: the typed confirmation before structures are deleted or people locked out, and a password shown once.
import { Button, Input, Modal } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useState } from 'react'
import { asProblem } from '../../../api/problem.ts'
import type { Problem } from '../../../api/problem.ts'
import { copyText, ProblemLine } from '../../../ui/Empty.tsx'
import { t } from './texts.zh-CN.ts'

type TypedProps = {
  open: boolean
  onClose: () => void
  title: string
  text: ReactNode
  /** What has to be typed: the name of the object. */
  word: string
  verb: string
  /** Asks for a reason as well; `must`: the act needs one. */
  reason?: 'may' | 'must'
  run: (reason: string) => Promise<unknown>
  /** What the refusal says more than its words: what stands against the act. */
  onRefused?: (problem: Problem) => ReactNode
}

/** Focus is on the field, the button stays shut until the name is there. */
export function TypedConfirm(props: TypedProps): ReactElement {
  return <Modal open={props.open} title={props.title} onCancel={props.onClose} footer={null} destroyOnHidden width={480}>{props.open ? <Typed {...props} /> : null}</Modal>
}

function Typed({ onClose, text, word, verb, reason, run, onRefused }: TypedProps): ReactElement {
  const [typed, setTyped] = useState('')
  const [why, setWhy] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const ready = typed.trim() === word && (reason !== 'must' || why.trim() !== '')
  const go = async () => {
    if (!ready || busy) return
    setBusy(true)
    setProblem(null)
    try {
      await run(why.trim())
      onClose()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form className="ms-stack" onSubmit={(event) => { event.preventDefault(); void go() }}>
      {problem ? <ProblemLine problem={problem} /> : null}
      {problem ? onRefused?.(problem) : null}
      <div>{text}</div>
      {reason ? <label className="ms-field"><span className="ms-field-label">{reason === 'must' ? <b aria-hidden="true">*</b> : null}{t('reason')}</span><Input.TextArea autoSize={{ minRows: 2 }} maxLength={200} value={why} onChange={(e) => setWhy(e.target.value)} /></label> : null}
      <label className="ms-field"><span className="ms-field-label">{t('typeToConfirm', { word })}</span><Input autoFocus autoComplete="off" value={typed} onChange={(e) => setTyped(e.target.value)} /></label>
      <div className="ms-row" style={{ justifyContent: 'flex-end' }}>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button danger type="primary" htmlType="submit" disabled={!ready} loading={busy}>{verb}</Button>
      </div>
    </form>
  )
}

/** Closes only by its button: a click beside it must not lose the password. */
export function OneTimePassword({ given, title, onClose }: { given: { login: string; password: string } | null; title: string; onClose: () => void }): ReactElement {
  return (
    <Modal open={given !== null} title={title} closable={false} keyboard={false} mask={{ closable: false }} footer={<Button type="primary" onClick={onClose}>{t('onceClose')}</Button>} width={480}>
      {given ? (
        <div className="ms-stack">
          <div className="ms-note">{t('onceShown')}</div>
          <div>{t('onceLogin')} <strong className="ms-code">{given.login}</strong></div>
          <div className="ms-once" aria-label={t('oncePassword')}><span>{given.password}</span><Button size="small" onClick={() => void copyText(given.password)}>{t('copy')}</Button></div>
        </div>
      ) : null}
    </Modal>
  )
}
