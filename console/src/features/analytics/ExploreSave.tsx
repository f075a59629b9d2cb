// What was put together becomes a board: a draft its editor goes on with.
import { Button, Input, Modal } from 'antd'
import { useState, type ReactElement } from 'react'
import { useNavigate } from 'react-router'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useAct } from '../../ui/use-act.ts'
import type { Panel } from './question.ts'
import { t } from './texts.zh-CN.ts'

export function ExploreSave({ panel }: { panel: Panel }): ReactElement {
  const navigate = useNavigate()
  const send = useAct('listBoards')
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const save = async (): Promise<void> => {
    setProblem(null)
    try {
      await send('createBoard', { definition: { code, name, kind: 'comparison', description: '', panels: [{ ...panel, title: panel.title || name }] } })
      void navigate(`/analytics/boards/${code}/edit`)
    } catch (error) { setProblem(asProblem(error)) }
  }
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('exploreSave')}</Button>
      <Modal open={open} title={t('exploreSave')} okText={t('save')} okButtonProps={{ disabled: name.trim() === '' || code.trim() === '' }} onOk={() => void save()} onCancel={() => setOpen(false)}>
        <div className="ms-analytics-form">
          <p className="ms-hint">{t('exploreSaveHelp')}</p>
          <label className="ms-field"><span className="ms-field-label">{t('title')}</span><Input value={name} maxLength={40} onChange={(e) => setName(e.target.value)} /></label>
          <label className="ms-field"><span className="ms-field-label">{t('code')}</span><Input value={code} maxLength={40} placeholder={t('codeHelp')} onChange={(e) => setCode(e.target.value)} /></label>
          {problem ? <p className="ms-data-fault" role="alert">{problem.fields?.[0]?.message ?? problem.title}</p> : null}
        </div>
      </Modal>
    </>
  )
}
