// Reports made by the clock: when, of which period, for whom; what became of the last runs.
import { Button, Checkbox, Input, InputNumber, Modal, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { DateInput } from '../../ui/DateInput.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { notify, say } from '../../ui/notices.ts'
import { Tag } from '../../ui/Tags.tsx'
import { day, fromEpoch, now } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { everybody, nobody, ReadersField } from './Readers.tsx'
import { t } from './texts.zh-CN.ts'
import './reports.css'

type Schedule = OutputOf<'listReportSchedules'>['items'][number]
type Body = Pick<Schedule, 'name' | 'templateCode' | 'cycle' | 'atDay' | 'atTime' | 'ofPeriod' | 'fromDay' | 'toDay' | 'readers' | 'publish' | 'enabled'>
const cycleNames = { day: '每日', week: '每周', month: '每月', quarter: '每季度', halfYear: '每半年', year: '每年' } as const
const runTone = { done: 'ok', failed: 'over', running: 'near' } as const
const first = (): Body => ({ name: '', templateCode: 'monthly', cycle: 'month', atDay: 1, atTime: '08:00', ofPeriod: 'last', fromDay: day(fromEpoch(now())), toDay: null, readers: everybody, publish: 'setting', enabled: true })

export default function SchedulesPage(): ReactElement {
  const schedules = useQueryOf('listReportSchedules', {}, { refetchEvery: 15_000 })
  useTopic('reports', ['listReportSchedules'])
  const send = useAct('listReportSchedules')
  const [editing, setEditing] = useState<Schedule | 'new' | null>(null)
  const runNow = async (id: string): Promise<void> => { try { await send('runReportSchedule', { id }); say(t('queued')) } catch (error) { notify({ level: 'P2', title: asProblem(error).title }) } }
  return (
    <Page title={t('schedules')} acts={<><Link to="/analytics/reports">{t('reports')}</Link><Button type="primary" onClick={() => setEditing('new')}>{t('newTask')}</Button></>}>
      <QueryView query={schedules}>
        {({ items }) => items.length === 0 ? <Empty kind="filter" text={t('noTasks')} /> : (
          <>{items.map((s) => (
            <Section key={s.id} title={s.name} extra={<><Button size="small" onClick={() => void runNow(s.id)}>{t('runNow')}</Button><Button size="small" onClick={() => setEditing(s)}>{t('edit')}</Button></>}>
              <p>{s.templateName} · {t('at', { cycle: s.cycleName, day: s.atDay, time: s.atTime })} · {t(`of.${s.ofPeriod}`)} · {t('publishMode')}{t(`mode.${s.publish}`)} · {t('owner')} {s.ownerName} · {s.enabled ? <>{t('nextAt')} {s.nextAt ? <Time iso={s.nextAt} /> : t('never')}</> : <Tag tone="calm">{t('off')}</Tag>}</p>
              {s.runs.length > 0 ? <ul className="ms-report-steps">{s.runs.map((r) => <li key={r.id}><Tag tone={runTone[r.state]}>{r.stateName}</Tag> <Time iso={r.at} /> {r.fromDay} 至 {r.toDay} {r.tookMs === null ? '' : t('took', { s: (r.tookMs / 1000).toFixed(1) })} {r.problem ?? ''} {r.reportId ? <Link to={`/analytics/reports/${r.reportId}`}>{t('open')}</Link> : null}</li>)}</ul> : null}
            </Section>
          ))}</>
        )}
      </QueryView>
      {editing === null ? null : <Form held={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />}
    </Page>
  )
}

function Form({ held, onClose }: { held: Schedule | null; onClose: () => void }): ReactElement {
  const send = useAct('listReportSchedules')
  const templates = useQueryOf('listReportTemplates', {})
  const [b, setB] = useState<Body>(held ?? first())
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const set = (next: Partial<Body>): void => setB((now) => ({ ...now, ...next }))
  const fault = (path: string): string | undefined => problem?.fields?.find((f) => f.path === path)?.message
  const field = (label: string, path: string, control: ReactElement, hint?: string): ReactElement => <label className="ms-field"><span className="ms-field-label">{label}</span>{control}{fault(path) ? <span className="ms-data-fault" role="alert">{fault(path)}</span> : hint ? <span className="ms-hint">{hint}</span> : null}</label>
  const save = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    const { name, templateCode, cycle, atDay, atTime, ofPeriod, fromDay, toDay, readers, publish, enabled } = b
    const body = { name, templateCode, cycle, atDay, atTime, ofPeriod, fromDay, toDay, readers, publish, enabled }
    try {
      if (held) await send('changeReportSchedule', { id: held.id, version: held.version, ...body })
      else await send('createReportSchedule', body)
      say(t('saved'))
      onClose()
    } catch (error) { setProblem(asProblem(error)); setBusy(false) }
  }
  return (
    <Modal open title={held ? t('editTask') : t('newTask')} okText={t('save')} confirmLoading={busy} onOk={() => void save()} onCancel={onClose} okButtonProps={{ disabled: b.name.trim() === '' || nobody(b.readers) }}>
      <div className="ms-report-form">
        {problem ? <span className="ms-data-fault" role="alert">{problem.title}</span> : null}
        {field(t('taskName'), 'name', <Input value={b.name} maxLength={40} onChange={(e) => set({ name: e.target.value })} />)}
        {field(t('chooseTemplate'), 'templateCode', <Select showSearch={{ optionFilterProp: 'label' }} value={b.templateCode} options={(templates.data?.items ?? []).filter((one) => one.state === 'published').map((one) => ({ value: one.code, label: one.name }))} onChange={(templateCode: string) => { const one = templates.data?.items.find((x) => x.code === templateCode); set({ templateCode, ...(one ? { cycle: one.cycle } : {}) }) }} />)}
        <div className="ms-data-half">{field(t('cycle'), 'cycle', <Select value={b.cycle} options={Object.entries(cycleNames).map(([value, label]) => ({ value: value as Body['cycle'], label }))} onChange={(cycle) => set({ cycle })} />)}{field(t('ofPeriod'), 'ofPeriod', <Select value={b.ofPeriod} options={(['last', 'running'] as const).map((value) => ({ value, label: t(`of.${value}`) }))} onChange={(ofPeriod) => set({ ofPeriod })} />)}</div>
        <div className="ms-data-half">{field(t('atDay'), 'atDay', <InputNumber min={1} max={366} style={{ inlineSize: '100%' }} value={b.atDay} onChange={(n) => set({ atDay: n ?? 1 })} />, t('atDayHelp'))}{field(t('atTime'), 'atTime', <Input value={b.atTime} maxLength={5} onChange={(e) => set({ atTime: e.target.value })} />)}</div>
        <div className="ms-data-half">{field(t('fromDay'), 'fromDay', <DateInput value={b.fromDay} onChange={(fromDay) => { if (fromDay) set({ fromDay }) }} />)}{field(t('toDay'), 'toDay', <DateInput value={b.toDay ?? ''} onChange={(toDay) => set({ toDay: toDay || null })} />)}</div>
        {field(t('publishMode'), 'publish', <Select value={b.publish} options={(['setting', 'draft', 'published'] as const).map((value) => ({ value, label: t(`mode.${value}`) }))} onChange={(publish) => set({ publish })} />)}
        <ReadersField value={b.readers} onChange={(readers) => set({ readers })} />
        <Checkbox checked={b.enabled} onChange={(e) => set({ enabled: e.target.checked })}>{t('enabled')}</Checkbox>
      </div>
    </Modal>
  )
}
