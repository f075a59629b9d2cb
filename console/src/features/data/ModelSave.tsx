// Keeping a model: a new one, or the next version of one's own.
import { Checkbox, Input, Modal } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useAct } from '../../ui/use-act.ts'
import type { Definition, Model } from './models.ts'
import { t } from './texts.zh-CN.ts'

type Props = { model: Model | null; start: { name: string; description: string; shared: boolean }; definition: Definition; onClose: () => void; onKept: (id: string) => void }

export function ModelSave({ model, start, definition, onClose, onKept }: Props): ReactElement {
  const act = useAct('listModels', 'showModel')
  const [b, setB] = useState(start)
  const [problem, setProblem] = useState<Problem | null>(null)
  const save = async (): Promise<void> => {
    setProblem(null)
    try {
      const body = { ...b, definition }
      onKept((model ? await act('changeModel', { ...body, id: model.id, version: model.version }) : await act('createModel', body)).id)
    } catch (error) { setProblem(asProblem(error)) }
  }
  return (
    <Modal open title={t(model ? 'modelSaveChange' : 'modelSaveAs')} okText={t('save')} cancelText={t('cancel')} okButtonProps={{ disabled: b.name.trim() === '' }} onOk={() => void save()} onCancel={onClose}>
      <div className="ms-data-form">
        <label className="ms-field"><span className="ms-field-label">{t('name')}</span><Input autoFocus maxLength={40} value={b.name} onChange={(e) => setB({ ...b, name: e.target.value })} /></label>
        <label className="ms-field"><span className="ms-field-label">{t('modelDescription')}</span><Input maxLength={200} value={b.description} onChange={(e) => setB({ ...b, description: e.target.value })} /></label>
        <Checkbox checked={b.shared} onChange={(e) => setB({ ...b, shared: e.target.checked })}>{t('modelShare')}</Checkbox>
        <p className="ms-hint">{t('modelShareHint')}</p>
        {problem ? <p className="ms-data-fault" role="alert">{problem.fields?.[0]?.message ?? problem.title}</p> : null}
      </div>
    </Modal>
  )
}
