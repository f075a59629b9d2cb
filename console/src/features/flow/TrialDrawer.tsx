// A trial: given a unit and variables, the path, the people and the due times; nothing is written.
import { Button, Drawer, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem, type Problem } from '../../api/problem.ts'
import { ProblemLine } from '../../ui/Empty.tsx'
import { UnitPicker } from '../../ui/Pickers.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { moment } from '../../ui/time.ts'
import { orderLoaders } from '../orders/pickers.ts'
import type { Graph, VariableRule } from './flow-types.ts'
import { outcomesOf } from './graph-edit.ts'
import { Field } from './NodePanel.tsx'
import { t } from './texts.zh-CN.ts'

type Value = string | number | boolean | null
type Decision = 'approve' | 'return' | 'passUp'
type Props = { open: boolean; graph: Graph; onClose: () => void; onTrail: (trail: { nodes: string[]; edges: number[] } | null) => void }

export function TrialDrawer({ open, graph, onClose, onTrail }: Props): ReactElement {
  const [unitId, setUnitId] = useState<string | null>(null)
  const [values, setValues] = useState<Record<string, Value>>({})
  const [decisions, setDecisions] = useState<Record<string, Decision>>({})
  const [found, setFound] = useState<OutputOf<'simulateFlow'> | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const run = async (decided = decisions) => {
    if (!unitId) return
    const known = new Set((graph.variables ?? []).map((one) => one.name))
    try {
      const answer = await call('simulateFlow', { graph, unitId, variables: Object.fromEntries(Object.entries(values).filter(([name]) => known.has(name))), decisions: decided })
      setFound(answer)
      setProblem(null)
      const passed = answer.trail.flatMap((at) => [graph.edges[at]?.from, graph.edges[at]?.to]).filter((key) => key !== undefined)
      onTrail({ nodes: passed, edges: answer.trail })
    } catch (error) {
      setFound(null)
      setProblem(asProblem(error))
    }
  }
  const decide = (node: string, outcome: Decision) => {
    const next = { ...decisions, [node]: outcome }
    setDecisions(next)
    void run(next)
  }
  return (
    <Drawer open={open} onClose={onClose} title={t('trialTitle')} size={460} mask={false}>
      <div className="ms-stack">
        <span className="ms-hint">{t('trialNote')}</span>
        {orderLoaders.unit ? <div className="ms-field"><span className="ms-field-label">{t('trialUnit')}</span><UnitPicker loader={orderLoaders.unit} value={unitId ?? undefined} onChange={(value) => setUnitId(typeof value === 'string' ? value : null)} /></div> : null}
        {(graph.variables ?? []).map((one) => <Field key={one.name} label={one.label}><VariableInput rule={one} value={values[one.name] ?? null} onChange={(value) => setValues({ ...values, [one.name]: value })} /></Field>)}
        <Button type="primary" disabled={!unitId} onClick={() => void run()}>{t('trialRun')}</Button>
        {problem ? <><ProblemLine problem={problem} /><ul>{problem.fields.map((one, i) => <li key={i}>{one.message}</li>)}</ul></> : null}
        {found ? (
          <>
            <strong>{t('trialPath')}</strong>
            <ol className="ms-flow-trial">
              {found.steps.map((step, at) => {
                const kind = graph.nodes.find((node) => node.key === step.node)?.kind ?? 'userTask'
                return (
                  <li key={at}>
                    <div><strong>{step.name}</strong>{step.unitName ? `（${step.unitName}）` : ''}</div>
                    {kind === 'call' ? null : step.people.length > 0 ? <div className="ms-text">{t('trialPeople')}：{step.people.join('、')}</div> : <div className="ms-field-error">{t('trialNobody')}</div>}
                    {step.dueAt ? <div className="ms-hint">{t('trialDue')} {moment(step.dueAt)}</div> : null}
                    {step.timers.map((timer, i) => <div key={i} className="ms-hint">{t('trialTimer', { at: moment(timer.at), name: timer.name })}</div>)}
                    {kind === 'userTask' ? <span className="ms-row"><span className="ms-hint">{t('trialDecide')}</span><Select<Decision> size="small" value={step.decision} style={{ inlineSize: 90 }} options={outcomesOf('userTask').flatMap((value) => (value === 'next' ? [] : [{ value, label: t(`outcome_${value}`) }]))} onChange={(value) => decide(step.node, value)} /></span> : null}
                  </li>
                )
              })}
            </ol>
            {found.services.map((one, i) => <div key={i} className="ms-hint">{t('trialService')}：{one}</div>)}
            <div><Tag tone={found.outcome === 'approved' ? 'ok' : found.outcome === 'returned' ? 'over' : 'near'}>{t(`outcome_${found.outcome}`)}</Tag></div>
          </>
        ) : problem ? null : <span className="ms-muted">{t('trialEmpty')}</span>}
      </div>
    </Drawer>
  )
}

function VariableInput({ rule, value, onChange }: { rule: VariableRule; value: Value; onChange: (value: Value) => void }): ReactElement {
  if (rule.type === 'number') return <InputNumber value={typeof value === 'number' ? value : null} onChange={(next) => onChange(typeof next === 'number' ? next : null)} />
  if (rule.type === 'boolean') return <Select allowClear value={typeof value === 'boolean' ? String(value) : null} onChange={(next: string | null | undefined) => onChange(next ? next === 'true' : null)} options={[{ value: 'true', label: t('yes') }, { value: 'false', label: t('no') }]} />
  if (rule.options?.length) return <Select allowClear value={typeof value === 'string' ? value : null} onChange={(next: string | null | undefined) => onChange(next ?? null)} options={rule.options.map((one) => ({ value: one, label: one }))} />
  return <Input type={rule.type === 'date' ? 'date' : 'text'} value={typeof value === 'string' ? value : ''} onChange={(e) => onChange(e.target.value || null)} />
}
