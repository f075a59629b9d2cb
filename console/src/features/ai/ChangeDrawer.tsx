// How one application runs: mode and figures, changed with a reason.
import { Button, Drawer, Input, InputNumber, Radio } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useCommand } from '../../api/queries.ts'
import { confirm } from '../../ui/confirm.tsx'
import { ProblemLine } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import type { App } from './AppsPage.tsx'
import { percent, t } from './texts.zh-CN.ts'

export function ChangeDrawer({ app, onClose }: { app: App; onClose: () => void }): ReactElement {
  const [mode, setMode] = useState(app.mode)
  const [candidates, setCandidates] = useState(app.candidates)
  const [threshold, setThreshold] = useState(Math.round(app.threshold * 100))
  const [limitMs, setLimit] = useState(app.limitMs)
  const [target, setTarget] = useState(app.target === null ? null : Math.round(app.target * 100))
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<Problem | null>(null)
  const change = useCommand('changeAiApplication', { invalidates: ['listAiApplications', 'listAiApplicationChanges'] })
  const modes = (['off', 'suggest', ...(app.trained ? ['prefill'] as const : []), ...(app.code === 'dispatch' ? ['auto'] as const : [])] as const)
  const save = async () => {
    if (mode === 'auto' && app.mode !== 'auto' && !(await confirm({ title: t('autoConfirm'), text: t('autoWarn', { share: percent(threshold / 100) }), verb: t('autoConfirm'), danger: true }))) return
    setProblem(null)
    try {
      await change.mutateAsync({ code: app.code, mode, candidates, threshold: threshold / 100, limitMs, target: target === null ? null : target / 100, reason, version: app.version })
      say(t('saved'))
      onClose()
    } catch (error) {
      setProblem(asProblem(error))
    }
  }
  return (
    <Drawer open size={480} title={`${t('change')} · ${app.name}`} onClose={onClose} footer={<div className="ms-row" style={{ justifyContent: 'flex-end' }}><Button onClick={onClose}>{t('cancel')}</Button><Button type="primary" loading={change.isPending} disabled={reason.trim().length < 2} onClick={() => void save()}>{t('save')}</Button></div>}>
      <div className="ms-form" data-layout="above">
        {problem ? <ProblemLine problem={problem} /> : null}
        <div className="ms-field"><span className="ms-field-label">{t('mode')}</span><Radio.Group value={mode} onChange={(e) => setMode(e.target.value as App['mode'])} options={modes.map((one) => ({ value: one, label: t(`mode.${one}`) }))} /><span className="ms-hint">{t('modeHelp')}</span></div>
        <label className="ms-field"><span className="ms-field-label">{t('threshold')}</span><InputNumber min={0} max={100} value={threshold} suffix="%" onChange={(value) => setThreshold(value ?? 0)} /></label>
        <label className="ms-field"><span className="ms-field-label">{t('candidates')}</span><InputNumber min={1} max={10} value={candidates} onChange={(value) => setCandidates(value ?? 1)} /></label>
        <label className="ms-field"><span className="ms-field-label">{t('seconds')}</span><InputNumber min={100} max={60_000} step={500} value={limitMs} onChange={(value) => setLimit(value ?? 3000)} /></label>
        <label className="ms-field"><span className="ms-field-label">{`${t('target')}（${app.metric}）`}</span><InputNumber min={0} max={100} value={target} suffix="%" onChange={(value) => setTarget(value)} /></label>
        <label className="ms-field"><span className="ms-field-label"><b aria-hidden="true">*</b>{t('reason')}</span><Input.TextArea autoSize={{ minRows: 2 }} maxLength={200} value={reason} onChange={(e) => setReason(e.target.value)} /><span className="ms-hint">{t('reasonHint')}</span></label>
      </div>
    </Drawer>
  )
}
