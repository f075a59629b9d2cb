// What a report is called, where it is filed, what it is made from and who may read it; another template or period makes it anew.
import { Button, Input, Modal, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { ProblemLine } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { useAct } from '../../ui/use-act.ts'
import { nobody, ReadersField } from './Readers.tsx'
import { t } from './texts.zh-CN.ts'

export function SettingsButton({ report }: { report: OutputOf<'showReport'> }): ReactElement {
  const [open, setOpen] = useState(false)
  return <><Button onClick={() => setOpen(true)}>{t('properties')}</Button>{open ? <Form report={report} onClose={() => setOpen(false)} /> : null}</>
}

function Form({ report, onClose }: { report: OutputOf<'showReport'>; onClose: () => void }): ReactElement {
  const send = useAct('showReport', 'listReports')
  const templates = useQueryOf('listReportTemplates', {})
  const [d, setD] = useState({ name: report.name, category: report.category, template: report.templateCode, from: report.fromDay, to: report.toDay, readers: report.readers })
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const anew = d.template !== report.templateCode || d.from !== report.fromDay || d.to !== report.toDay
  const save = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try { await send('changeReport', { id: report.id, version: report.version, ...d }); say(t('saved')); onClose() } catch (error) { setProblem(asProblem(error)); setBusy(false) }
  }
  const published = (templates.data?.items ?? []).filter((one) => one.state === 'published').map((one) => ({ value: one.code, label: one.name }))
  const field = (label: string, control: ReactElement): ReactElement => <label className="ms-field"><span className="ms-field-label">{label}</span>{control}</label>
  return (
    <Modal open title={t('properties')} okText={t(anew ? 'saveAnew' : 'save')} cancelText={t('cancel')} confirmLoading={busy} okButtonProps={{ disabled: d.name.trim() === '' || d.category.trim() === '' || nobody(d.readers) }} onOk={() => void save()} onCancel={onClose}>
      <div className="ms-report-form">
        {field(t('name'), <Input value={d.name} maxLength={60} onChange={(e) => setD({ ...d, name: e.target.value })} />)}
        {field(t('category'), <Input value={d.category} maxLength={20} onChange={(e) => setD({ ...d, category: e.target.value })} />)}
        {field(t('chooseTemplate'), <Select showSearch={{ optionFilterProp: 'label' }} value={d.template} options={published.some((one) => one.value === d.template) ? published : [{ value: d.template, label: report.category }, ...published]} onChange={(template: string) => setD({ ...d, template })} />)}
        <div className="ms-row"><span className="ms-data-date"><DateInput value={d.from} placeholder={t('from')} onChange={(from) => { if (from) setD({ ...d, from }) }} /></span>–<span className="ms-data-date"><DateInput value={d.to} placeholder={t('to')} onChange={(to) => { if (to) setD({ ...d, to }) }} /></span></div>
        {anew ? <p className="ms-note" data-tone="near">{t('anewHint')}</p> : null}
        <ReadersField value={d.readers} onChange={(readers) => setD({ ...d, readers })} />
        {problem ? <ProblemLine problem={problem} /> : null}
      </div>
    </Modal>
  )
}
