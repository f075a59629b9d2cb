// A PDF that opens with a password of the reader's choice; the password goes into nothing but the file.
import { Input, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { asProblem, type Problem } from '../api/problem.ts'
import { download } from './download.ts'
import { ProblemLine } from './Empty.tsx'
import { t } from './texts.zh-CN.ts'

const LEAST = 6

export function SecretPdf({ address, body, name, onClose }: { address: string; body?: Record<string, unknown>; name: string; onClose: () => void }): ReactElement {
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const fetchFile = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try { await download(address, { ...body, password }, `${name}.pdf`); onClose() } catch (error) { setProblem(asProblem(error)); setBusy(false) }
  }
  return (
    <Modal open title={t('secretPdf')} okText={t('download')} cancelText={t('cancel')} confirmLoading={busy} okButtonProps={{ disabled: password.length < LEAST }} onOk={() => void fetchFile()} onCancel={onClose}>
      <label className="ms-field"><span className="ms-field-label">{t('secretPassword')}</span><Input.Password value={password} maxLength={64} autoComplete="new-password" onChange={(e) => setPassword(e.target.value)} /><span className="ms-hint">{t('secretHint')}</span></label>
      {problem ? <ProblemLine problem={problem} /> : null}
    </Modal>
  )
}
