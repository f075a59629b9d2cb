// 规则与对象: levels, who stands at them, and the rules by version.
import { Button, Input, Modal, Select } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { asProblem } from '../../api/problem.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { month } from '../../ui/period.ts'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { fields } from '../orders/acts/act-form.ts'
import { unitLoader } from '../orders/pickers.ts'
import { RulesForm } from './RulesForm.tsx'
import { t } from './texts.zh-CN.ts'
import './assessment.css'

type Level = OutputOf<'listAssessmentLevels'>['items'][number]
export type Models = OutputOf<'listAssessmentModels'>
type Model = Models['items'][number]
type Assessed = OutputOf<'listAssessmentObjects'>['items'][number]
const text = (title: string, maxLength = 60) => ({ type: 'string' as const, title, maxLength })

export default function ModelsPage(): ReactElement {
  const levels = useQueryOf('listAssessmentLevels', {})
  const models = useQueryOf('listAssessmentModels', {})
  const [adding, setAdding] = useState(false)
  const [rules, setRules] = useState<{ level: Level; model: Model | null } | null>(null)
  const send = useAct('listAssessmentLevels')
  const schema = fields({ name: text(t('levelName'), 40), code: { ...text(t('code'), 40), pattern: '^[a-z][A-Za-z0-9]{1,39}$' }, goal: { ...text(t('goalOf'), 500), format: 'textarea' }, scope: { ...text(t('scopeOf'), 500), format: 'textarea' }, standard: { ...text(t('standardOf'), 1000), format: 'textarea' } }, ['name', 'code'])
  return (
    <Page title={t('models')} help="assessment" acts={<Button type="primary" onClick={() => setAdding(true)}>{t('levelNew')}</Button>}>
      <QueryView query={levels}>
        {({ items }) => items.length === 0 ? <Section><Empty kind="pending" text={t('levelNew')} hint={t('noneHint')} action={{ label: t('levelNew'), run: () => setAdding(true) }} /></Section> : <>{items.map((level) => <LevelPanel key={level.id} level={level} models={(models.data?.items ?? []).filter((m) => m.levelId === level.id)} onRules={(model) => setRules({ level, model })} />)}</>}
      </QueryView>
      <Specials />
      {adding ? <ActDrawer open onClose={() => setAdding(false)} title={t('levelNew')} schema={schema} submitLabel={t('create')} submit={(v) => send('createAssessmentLevel', v)} onDone={() => { say(t('saved')); setAdding(false) }} /> : null}
      {rules && models.data ? <RulesForm models={models.data} level={rules.level} model={rules.model} onClose={() => setRules(null)} /> : null}
    </Page>
  )
}

function LevelPanel({ level, models, onRules }: { level: Level; models: Model[]; onRules: (model: Model | null) => void }): ReactElement {
  const objects = useQueryOf('listAssessmentObjects', { id: level.id })
  const [adding, setAdding] = useState(false)
  const [changing, setChanging] = useState<Assessed | null>(null)
  const send = useAct('listAssessmentObjects', 'listAssessmentLevels', 'listAssessmentModels')
  const loaders = useMemo(() => ({ unit: unitLoader() }), [])
  const units = fields({ unitIds: { type: 'array', format: 'unit', title: t('units'), items: { type: 'string' } }, peer: text(t('peer'), 40), fromDay: { type: 'string', format: 'date', title: t('fromDay') } }, ['unitIds', 'fromDay'])
  const change = fields({ name: text(t('levelName')), peer: text(t('peer'), 40), goalRank: { type: 'integer', title: t('goalRank'), minimum: 1 }, fromDay: { type: 'string', format: 'date', title: t('fromDay') }, toDay: { type: 'string', format: 'date', title: t('toDay') } }, ['name', 'fromDay'])
  return (
    <Section title={<>{level.name} <span className="ms-hint">{level.goal}</span></>} extra={<><Button size="small" onClick={() => setAdding(true)}>{t('addUnits')}</Button><Button size="small" onClick={() => onRules(null)}>{t('modelNew')}</Button></>}>
      <div className="ms-assess-halves">
        <div className="ms-stack">
          {models.length === 0 ? <Empty kind="pending" text={t('modelsNone')} action={{ label: t('modelNew'), run: () => onRules(null) }} /> : models.map((m) => <ModelCard key={m.id} model={m} onEdit={() => onRules(m)} />)}
        </div>
        <div className="ms-scroll">
          <QueryView query={objects}>
            {({ items }) => items.length === 0 ? <Empty kind="pending" text={t('objectsNone')} action={{ label: t('addUnits'), run: () => setAdding(true) }} /> : (
              <table className="ms-plain-table"><caption className="ms-hidden">{t('objects')}</caption><thead><tr><th scope="col">{t('object')}（{items.length}）</th><th scope="col">{t('peer')}</th><th scope="col">{t('days')}</th><th scope="col">{t('goalRank')}</th><th scope="col" /></tr></thead>
                <tbody>{items.map((o) => <tr key={o.id}><td>{o.name} <span className="ms-hint">{o.kindName}</span></td><td>{o.peer || '–'}</td><td className="ms-assess-nowrap">{o.fromDay} – {o.toDay ?? ''}</td><td>{o.goalRank ?? '–'}</td><td><Button size="small" type="link" onClick={() => setChanging(o)}>{t('edit')}</Button></td></tr>)}</tbody></table>
            )}
          </QueryView>
        </div>
      </div>
      {adding ? <ActDrawer open onClose={() => setAdding(false)} title={t('addUnits')} sub={level.name} schema={units} initial={{ fromDay: month().from }} loaders={loaders} submitLabel={t('addUnits')} submit={async (v) => { const r = await send('addAssessmentUnits', { id: level.id, ...v }); say(t('added', { n: r.added }) + (r.skipped.length > 0 ? t('skipped', { n: r.skipped.length }) : '')) }} onDone={() => setAdding(false)} /> : null}
      {changing ? <ActDrawer open onClose={() => setChanging(null)} title={t('edit')} sub={changing.name} schema={change} initial={{ name: changing.name, peer: changing.peer, fromDay: changing.fromDay, ...(changing.goalRank === null ? {} : { goalRank: changing.goalRank }), ...(changing.toDay ? { toDay: changing.toDay } : {}) }} submitLabel={t('edit')} submit={(v) => send('changeAssessmentObject', { id: changing.id, version: changing.version, members: changing.members, toDay: null, goalRank: null, ...v })} onDone={() => { say(t('saved')); setChanging(null) }} /> : null}
    </Section>
  )
}

function ModelCard({ model, onEdit }: { model: Model; onEdit: () => void }): ReactElement {
  const rows = model.versions
  return (
    <div>
      <div className="ms-row"><strong>{model.name}</strong><span className="ms-grow" /><Button size="small" onClick={onEdit}>{t('newVersion')}</Button></div>
      <table className="ms-plain-table"><caption className="ms-hidden">{model.name}</caption><tbody>{rows.map((v) => (
        <tr key={v.version}><td className="ms-assess-nowrap">{t('version', { n: v.version })} {v.version === model.current ? <Tag tone="ok">{t('current')}</Tag> : v.version > (model.current ?? 0) ? <Tag tone="near">{t('coming')}</Tag> : null}</td><td className="ms-assess-nowrap">{v.fromDay}</td><td>{v.definition.items.map((i) => `${i.name} ${i.role === 'score' ? i.weight : ''}`).join('、')}</td><td className="ms-hint">{v.reason} {v.byName} <Time iso={v.at} /></td></tr>
      ))}</tbody></table>
    </div>
  )
}

function Specials(): ReactElement {
  const list = useQueryOf('listSpecialOrders', {})
  const [form, setForm] = useState<{ number: string; kind: string; reason: string } | null>(null)
  const send = useAct('listSpecialOrders')
  const save = async (): Promise<void> => {
    try {
      await send('addSpecialOrder', form ?? {})
      say(t('saved'))
      setForm(null)
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  const end = async (id: string): Promise<void> => {
    try {
      await send('endSpecialOrder', { id })
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <Section flush title={t('special')} extra={<Button size="small" onClick={() => setForm({ number: '', kind: '', reason: '' })}>{t('specialNew')}</Button>}>
      <QueryView query={list}>
        {({ items }) => items.length === 0 ? <Empty kind="done" text={t('specialNone')} /> : (
          <table className="ms-plain-table"><caption className="ms-hidden">{t('special')}</caption><tbody>{items.map((s) => <tr key={s.id}><td className="ms-assess-nowrap">{s.orderNumber}</td><td>{s.kind}</td><td>{s.reason}</td><td className="ms-assess-nowrap">{s.byName} <Time iso={s.at} /></td><td>{s.endedAt ? <>{s.endedByName} <Time iso={s.endedAt} /></> : <Button size="small" type="link" onClick={() => void end(s.id)}>{t('specialEnd')}</Button>}</td></tr>)}</tbody></table>
        )}
      </QueryView>
      <Modal open={form !== null} title={t('specialNew')} okText={t('specialNew')} cancelText={t('cancel')} onCancel={() => setForm(null)} onOk={() => void save()} okButtonProps={{ disabled: !form?.number || !form.kind || !form.reason }}>
        <div className="ms-assess-form">
          <label className="ms-field"><span className="ms-field-label">{t('number')}</span><Input value={form?.number} onChange={(e) => setForm((f) => f && { ...f, number: e.target.value.trim() })} /></label>
          <label className="ms-field"><span className="ms-field-label">{t('specialKind')}</span><Select value={form?.kind || undefined} onChange={(kind) => setForm((f) => f && { ...f, kind })} options={['历史遗留', '政策限制', '涉法涉诉', '不可抗力', '其他'].map((value) => ({ value, label: value }))} /></label>
          <label className="ms-field"><span className="ms-field-label">{t('reason')}</span><Input.TextArea value={form?.reason} maxLength={500} onChange={(e) => setForm((f) => f && { ...f, reason: e.target.value })} /></label>
        </div>
      </Modal>
    </Section>
  )
}
