// The rules of a score as a form: items, how a value becomes points, what is left out; tried on a past period before they hold.
import { Button, Drawer, Input, InputNumber, Select } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ChoiceSelect } from '../../ui/ChoiceSelect.tsx'
import { DateInput } from '../../ui/DateInput.tsx'
import { say } from '../../ui/notices.ts'
import { month } from '../../ui/period.ts'
import { useAct } from '../../ui/use-act.ts'
import type { Models } from './ModelsPage.tsx'
import { shown } from './parts.tsx'
import { RulesInputs } from './RulesInputs.tsx'
import { t } from './texts.zh-CN.ts'

type Model = Models['items'][number]
type Definition = Model['versions'][number]['definition']
type Item = Definition['items'][number]
type Rule = Item['rule']
type Kind = Rule['kind']
const kinds: { value: Kind; label: string }[] = [{ value: 'proportional', label: t('proportional') }, { value: 'bands', label: t('bands') }, { value: 'rank', label: t('ranked') }, { value: 'perCase', label: t('perCase') }, { value: 'formula', label: t('byFormula') }]
const fresh: Record<Kind, Rule> = { proportional: { kind: 'proportional', full: 100 }, bands: { kind: 'bands', bands: [{ below: 60, points: 0 }, { below: 80, points: 10 }], otherwise: 20 }, rank: { kind: 'rank', step: 1, direction: 'up' }, perCase: { kind: 'perCase', each: 0.5, most: 5 }, formula: { kind: 'formula', points: 'value / 100 * weight' } }

/** A code no other item has. */
const freshCode = (d: Definition): string => { let n = d.items.length + 1; while (d.items.some((i) => i.code === `item${n}`)) n += 1; return `item${n}` }

function nextMonth(): string {
  const [year = 0, number = 1] = month().from.split('-').map(Number)
  return `${number === 12 ? year + 1 : year}-${String((number % 12) + 1).padStart(2, '0')}-01`
}

export function RulesForm({ models, level, model, onClose }: { models: Models; level: { id: string; name: string }; model: Model | null; onClose: () => void }): ReactElement {
  const send = useAct('listAssessmentModels', 'listAssessmentLevels')
  const [head, setHead] = useState({ name: model?.name ?? '', code: '', fromDay: model ? nextMonth() : month().from, reason: '' })
  const [d, setDefinition] = useState<Definition | null>(model?.versions[0]?.definition ?? models.templates[0]?.definition ?? null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  if (!d) return <Drawer open onClose={onClose} />
  const set = (next: Partial<Definition>) => setDefinition({ ...d, ...next })
  const setItem = (i: number, next: Partial<Item>) => set({ items: d.items.map((one, n) => (n === i ? { ...one, ...next } : one)) })
  const fault = (path: string) => problem?.fields?.find((f) => f.path === path)?.message
  const field = (label: string, path: string, control: ReactNode): ReactElement => <label className="ms-field"><span className="ms-field-label">{label}</span>{control}{fault(path) ? <span className="ms-assess-down" role="alert">{fault(path)}</span> : null}</label>
  const sum = Math.round(d.items.filter((i) => i.role === 'score').reduce((all, i) => all + i.weight, 0) * 1000) / 1000
  const save = async (): Promise<void> => {
    setBusy(true)
    setProblem(null)
    try {
      if (model) await send('addAssessmentRules', { id: model.id, fromDay: head.fromDay, reason: head.reason, definition: d })
      else await send('createAssessmentModel', { ...head, levelId: level.id, definition: d })
      say(t('saved'))
      onClose()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const names = [...d.inputs.map((i) => ({ value: i.code, label: i.name || i.code })), ...models.indicators.map((i) => ({ value: i.code, label: i.name }))]
  const row = (item: Item, i: number): ReactElement => (
    <div key={i} className="ms-assess-rule">
      {field(t('itemName'), `definition.items.${i}.name`, <Input value={item.name} maxLength={40} onChange={(e) => setItem(i, { name: e.target.value })} />)}
      {field(t('indicator'), `definition.items.${i}.value`, names.some((n) => n.value === item.value) || item.value === '' ? <ChoiceSelect choices={names} value={item.value} onChange={(value) => setItem(i, { value: typeof value === 'string' ? value : '' })} /> : <Input value={item.value} onChange={(e) => setItem(i, { value: e.target.value })} />)}
      {field(t('role'), `definition.items.${i}.role`, <Select value={item.role} onChange={(role) => setItem(i, { role, ...(role === 'score' && item.rule.kind === 'perCase' ? { rule: fresh.proportional } : {}) })} options={[{ value: 'score', label: t('roleScore') }, { value: 'deduction', label: t('roleDeduction') }, { value: 'bonus', label: t('roleBonus') }]} />)}
      {field(t('weight'), `definition.items.${i}.weight`, <InputNumber value={item.weight} min={0} disabled={item.role !== 'score'} onChange={(weight) => setItem(i, { weight: weight ?? 0 })} style={{ inlineSize: '100%' }} />)}
      {field(t('rule'), `definition.items.${i}.rule.kind`, <Select value={item.rule.kind} onChange={(kind) => setItem(i, { rule: fresh[kind] })} options={kinds.filter((k) => item.role !== 'score' || k.value !== 'perCase')} />)}
      <RuleFields rule={item.rule} onChange={(rule) => setItem(i, { rule })} fault={fault(`definition.items.${i}.rule.points`)} />
      <Button type="text" danger aria-label={`${t('remove')} ${item.name}`} disabled={d.items.length === 1} onClick={() => set({ items: d.items.filter((_, n) => n !== i) })}>{t('remove')}</Button>
      {field(t('cause'), `definition.items.${i}.cause`, <Input value={item.cause} maxLength={40} onChange={(e) => setItem(i, { cause: e.target.value })} />)}
      {field(t('basis'), `definition.items.${i}.basis`, <Input value={item.basis} maxLength={200} onChange={(e) => setItem(i, { basis: e.target.value })} />)}
      {field(t('target'), `definition.items.${i}.target`, <InputNumber value={item.target ?? null} onChange={(target) => { const { target: _, ...rest } = item; set({ items: d.items.map((one, n) => (n === i ? (target === null ? rest : { ...item, target }) : one)) }) }} style={{ inlineSize: '100%' }} />)}
    </div>
  )
  return (
    <Drawer open size={1080} title={model ? `${t('newVersion')}：${model.name}` : t('modelNew')} onClose={onClose} footer={<div className="ms-row" style={{ justifyContent: 'flex-end' }}>{problem ? <span className="ms-assess-down" role="alert">{problem.title}</span> : null}<Button type="primary" loading={busy} onClick={() => void save()}>{model ? t('newVersion') : t('create')}</Button></div>}>
      <div className="ms-assess-form">
        {model ? null : (
          <>
            {field(t('template'), 'template', <Select placeholder={t('template')} onChange={(code: string) => { const found = models.templates.find((one) => one.code === code); if (found) { setDefinition(found.definition); setHead({ ...head, name: head.name || found.name, code: head.code || found.code }) } }} options={models.templates.map((one) => ({ value: one.code, label: one.name }))} />)}
            <div className="ms-assess-two">{field(t('levelName'), 'name', <Input value={head.name} maxLength={60} onChange={(e) => setHead({ ...head, name: e.target.value })} />)}{field(t('code'), 'code', <Input value={head.code} maxLength={40} onChange={(e) => setHead({ ...head, code: e.target.value })} />)}</div>
          </>
        )}
        <div className="ms-assess-two">{field(`${t('fromDay')}（${t('fromDayHelp')}）`, 'fromDay', <DateInput value={head.fromDay} onChange={(fromDay) => setHead({ ...head, fromDay: fromDay ?? '' })} />)}{field(t('reasonOf'), 'reason', <Input value={head.reason} maxLength={200} onChange={(e) => setHead({ ...head, reason: e.target.value })} />)}</div>
        <RulesInputs inputs={d.inputs} models={models.items.filter((m) => m.code !== model?.code)} onChange={(inputs) => set({ inputs })} fault={fault} />
        {d.items.map(row)}
        <div className="ms-row"><Button onClick={() => set({ items: [...d.items, { code: freshCode(d), name: '', value: '', unit: '%', scale: 2, role: 'score', weight: 0, rule: fresh.proportional, cause: '', basis: '' }] })}>{t('addItem')}</Button><span className="ms-grow" /><span className={sum === d.full || d.weights === 'normalise' ? 'ms-hint' : 'ms-assess-down'}>{t('weightSum', { n: sum })} / {d.full}</span></div>
        {fault('definition.items') ? <span className="ms-assess-down" role="alert">{fault('definition.items')}</span> : null}
        <div className="ms-assess-two">
          {field(t('weights'), 'definition.weights', <Select value={d.weights} onChange={(weights) => set({ weights })} options={[{ value: 'refuse', label: t('refuse') }, { value: 'normalise', label: t('normalise') }]} />)}
          {field(t('excludedTypes'), 'definition.excludedTypes', <ChoiceSelect multiple choices={models.appealTypes} value={d.excludedTypes} onChange={(next) => set({ excludedTypes: Array.isArray(next) ? next : [] })} />)}
          {field(t('missing'), 'definition.missing', <Select value={d.missing} onChange={(missing) => set({ missing })} options={[{ value: 'none', label: t('missingNone') }, { value: 'full', label: t('missingFull') }, { value: 'spread', label: t('missingSpread') }]} />)}
          {field(t('callbacks'), 'definition.callbacks', <Select value={d.callbacks} onChange={(callbacks) => set({ callbacks })} options={[{ value: 'latest', label: t('latest') }, { value: 'every', label: t('every') }]} />)}
        </div>
        <Grades d={d} onChange={(grades) => set({ grades })} fault={fault} />
        {model ? <Trial modelId={model.id} definition={d} onProblem={setProblem} /> : null}
      </div>
    </Drawer>
  )
}

/** Bands of the total, best first; none: no grades. */
function Grades({ d, onChange, fault }: { d: Definition; onChange: (grades: Definition['grades']) => void; fault: (path: string) => string | undefined }): ReactElement {
  const put = (i: number, next: Partial<Definition['grades'][number]>) => onChange(d.grades.map((one, n) => (n === i ? { ...one, ...next } : one)))
  return (
    <div className="ms-field"><span className="ms-field-label">{t('grades')}</span>
      <span className="ms-hint">{t('gradesHelp')}</span>
      {d.grades.map((one, i) => (
        <div key={i} className="ms-row">
          <Input aria-label={t('gradeName')} value={one.name} maxLength={20} onChange={(e) => put(i, { name: e.target.value })} style={{ inlineSize: 160 }} />
          <InputNumber aria-label={t('gradeFrom')} prefix={<span className="ms-hint">{t('gradeFrom')}</span>} value={one.from} onChange={(from) => put(i, { from: from ?? 0 })} style={{ inlineSize: 160 }} />
          <Button type="text" danger aria-label={`${t('remove')} ${one.name}`} onClick={() => onChange(d.grades.filter((_, n) => n !== i))}>{t('remove')}</Button>
          {[fault(`definition.grades.${i}.name`), fault(`definition.grades.${i}.from`)].map((text) => (text ? <span key={text} className="ms-assess-down" role="alert">{text}</span> : null))}
        </div>
      ))}
      <div><Button onClick={() => onChange(d.grades.length === 0 ? [{ name: t('gradeBest'), from: d.full * 0.9 }, { name: t('gradeGood'), from: d.full * 0.8 }, { name: t('gradeFair'), from: d.full * 0.6 }, { name: t('gradePoor'), from: 0 }] : [...d.grades, { name: '', from: (d.grades.at(-1)?.from ?? 0) - 10 }])} disabled={d.grades.length >= 12}>{t('addGrade')}</Button></div>
    </div>
  )
}

function RuleFields({ rule, onChange, fault }: { rule: Rule; onChange: (rule: Rule) => void; fault: string | undefined }): ReactElement {
  const number = (label: string, value: number, set: (n: number) => void) => <InputNumber aria-label={label} prefix={<span className="ms-hint">{label}</span>} value={value} onChange={(n) => set(n ?? 0)} style={{ inlineSize: '100%' }} />
  switch (rule.kind) {
    case 'proportional': return <div className="ms-field"><span className="ms-field-label">{t('full')}</span>{number(t('full'), rule.full, (full) => onChange({ ...rule, full }))}</div>
    case 'perCase': return <div className="ms-field"><span className="ms-field-label">{t('perCase')}</span>{number(t('each'), rule.each, (each) => onChange({ ...rule, each }))}{number(t('most'), rule.most, (most) => onChange({ ...rule, most }))}</div>
    case 'rank': return <div className="ms-field"><span className="ms-field-label">{t('ranked')}</span>{number(t('step'), rule.step, (step) => onChange({ ...rule, step }))}</div>
    case 'formula': return <div className="ms-field"><span className="ms-field-label">{t('byFormula')}</span><Input value={rule.points} onChange={(e) => onChange({ ...rule, points: e.target.value })} />{fault ? <span className="ms-assess-down" role="alert">{fault}</span> : null}</div>
    case 'bands': return (
      <div className="ms-field"><span className="ms-field-label">{t('bands')}</span>
        {rule.bands.map((b, i) => <div key={i} className="ms-row">{number(t('below'), b.below, (below) => onChange({ ...rule, bands: rule.bands.map((x, n) => (n === i ? { ...x, below } : x)) }))}{number(t('points'), b.points, (points) => onChange({ ...rule, bands: rule.bands.map((x, n) => (n === i ? { ...x, points } : x)) }))}</div>)}
        {number(t('otherwise'), rule.otherwise, (otherwise) => onChange({ ...rule, otherwise }))}
        <Button size="small" type="link" onClick={() => onChange({ ...rule, bands: [...rule.bands, { below: (rule.bands.at(-1)?.below ?? 0) + 10, points: rule.otherwise }] })}>+</Button>
      </div>
    )
  }
}

function Trial({ modelId, definition, onProblem }: { modelId: string; definition: Definition; onProblem: (p: Problem | null) => void }): ReactElement {
  const periods = useQueryOf('listAssessmentPeriods', { modelId })
  const send = useAct()
  const usable = (periods.data?.items ?? []).filter((p) => p.state !== 'open' && p.state !== 'calculating')
  const [id, setId] = useState<string | null>(null)
  const [result, setResult] = useState<OutputOf<'tryAssessmentRules'> | null>(null)
  const [busy, setBusy] = useState(false)
  const chosen = id ?? usable[0]?.id
  const run = async (): Promise<void> => {
    setBusy(true)
    onProblem(null)
    try {
      setResult(await send('tryAssessmentRules', { id: chosen ?? '', definition }))
    } catch (error) {
      onProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  if (usable.length === 0) return <span className="ms-hint">{t('trialNone')}</span>
  return (
    <>
      <div className="ms-row"><span>{t('trialOn')}</span><Select value={chosen ?? null} onChange={(next: string) => { setId(next); setResult(null) }} options={usable.map((p) => ({ value: p.id, label: p.name }))} style={{ inlineSize: 160 }} /><Button loading={busy} onClick={() => void run()}>{t('trial')}</Button></div>
      {result ? (
        <table className="ms-plain-table"><caption className="ms-hidden">{t('trial')}</caption><thead><tr><th scope="col">{t('object')}</th><th scope="col" className="ms-num">{t('before')}</th><th scope="col" className="ms-num">{t('trial')}</th><th scope="col" className="ms-num">{t('difference')}</th><th scope="col" className="ms-num">{t('rank')}</th></tr></thead>
          <tbody>{result.items.map((r) => <tr key={r.objectId}><td>{r.name}</td><td className="ms-num">{shown(r.before)}</td><td className="ms-num">{shown(r.after)}</td><td className="ms-num">{r.difference === null ? '–' : r.difference.startsWith('-') ? <span className="ms-assess-down">{r.difference}</span> : <span className="ms-assess-up">+{r.difference}</span>}</td><td className="ms-num">{r.rankBefore ?? '–'} → {r.rankAfter ?? '–'}</td></tr>)}</tbody></table>
      ) : null}
    </>
  )
}
