// Properties of what is chosen: a node with its routes, a route, or the process itself. Everything drawn can be done here by keyboard.
import { Button, Checkbox, Input, Radio, Select } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { UnitPicker, UserPicker } from '../../ui/Pickers.tsx'
import { Icon } from '../../ui/icons.tsx'
import { orderLoaders } from '../orders/pickers.ts'
import type { Chosen, FlowNode, Graph, Parts, VariableRule } from './flow-types.ts'
import { changeEdge, changeNode, connect, outcomesOf, remove } from './graph-edit.ts'
import { Duration } from './Duration.tsx'
import { t } from './texts.zh-CN.ts'

type Props = { graph: Graph; chosen: Chosen; parts: Parts | undefined; flows: { key: string; name: string }[]; readOnly: boolean; onChange: (graph: Graph) => void; onChoose: (chosen: Chosen) => void }

export function NodePanel(props: Props): ReactElement {
  const { graph, chosen } = props
  const node = chosen && 'node' in chosen ? graph.nodes.find((one) => one.key === chosen.node) : undefined
  const at = chosen && 'edge' in chosen ? chosen.edge : -1
  return (
    <fieldset className="ms-flow-panel" disabled={props.readOnly}>
      <legend>{node ? t('panelNode', { name: node.name }) : graph.edges[at] ? t('panelEdge') : t('panelFlow')}</legend>
      {node ? <NodeFields key={node.key} {...props} node={node} /> : graph.edges[at] ? <EdgeFields key={at} {...props} at={at} /> : <FlowFields {...props} />}
    </fieldset>
  )
}

export function Field({ label, hint, children }: { label: string; hint?: string; children: ReactNode }): ReactElement {
  return <label className="ms-field"><span className="ms-field-label">{label}</span>{children}{hint ? <span className="ms-hint">{hint}</span> : null}</label>
}

function NodeFields(props: Props & { node: FlowNode }): ReactElement {
  const { graph, node, onChange, parts, flows } = props
  const set = (change: Partial<FlowNode>) => onChange(changeNode(graph, node.key, change))
  const tasks = graph.nodes.filter((one) => (one.kind === 'userTask' || one.kind === 'call') && one.key !== node.key)
  return (
    <>
      <Field label={t('name')}><Input value={node.name} maxLength={60} onChange={(e) => set({ name: e.target.value || t(`kind_${node.kind}`) })} /></Field>
      <div className="ms-hint">{t(`kind_${node.kind}`)} · {t('nodeKey')} <span className="ms-code">{node.key}</span></div>
      {node.kind === 'userTask' ? <TaskFields {...props} set={set} /> : null}
      {node.kind === 'end' ? <Field label={t('result')}><Select<Result> value={node.result ?? 'none'} onChange={(result) => set({ result: result === 'none' ? null : result })} options={(['approved', 'returned', 'none'] as const).map((value) => ({ value, label: t(`result_${value}`) }))} /></Field> : null}
      {node.kind === 'timer' ? (
        <>
          <Field label={t('attachedTo')}><Select value={node.attachedTo ?? null} onChange={(attachedTo) => set({ attachedTo })} options={tasks.map((one) => ({ value: one.key, label: one.name }))} /></Field>
          <Field label={t('timerAfter')}><Duration value={node.after ?? null} onChange={(after) => set({ after })} /></Field>
          <Checkbox checked={node.interrupting ?? false} onChange={(e) => set({ interrupting: e.target.checked })}>{t('interrupting')}</Checkbox>
        </>
      ) : null}
      {node.kind === 'call' ? <Field label={t('callKey')}><Select showSearch={{ optionFilterProp: 'label' }} value={node.call?.key ?? null} onChange={(key) => set({ call: { ...node.call, key } })} options={flows.map((one) => ({ value: one.key, label: one.name }))} /></Field> : null}
      {node.kind === 'serviceTask' ? <ServiceFields node={node} parts={parts} set={set} /> : null}
      {node.kind === 'expressionTask' ? <AssignFields graph={graph} node={node} set={set} /> : null}
      <Routes {...props} />
    </>
  )
}

type Result = 'approved' | 'returned' | 'none'
type Opinion = 'default' | 'never' | 'return' | 'always'
type Set = (change: Partial<FlowNode>) => void
const actorKinds = ['right', 'role', 'people', 'applicant'] as const
const kindOfActor = (node: FlowNode): (typeof actorKinds)[number] => (node.actor?.applicant ? 'applicant' : node.actor?.userIds ? 'people' : node.actor?.role !== undefined ? 'role' : 'right')

function TaskFields({ graph, node, parts, set }: Props & { node: FlowNode; set: Set }): ReactElement {
  const actor = node.actor ?? { unit: 'subject' as const }
  const kind = kindOfActor(node)
  const begin: Record<typeof kind, NonNullable<FlowNode['actor']>> = { right: { unit: actor.unit, permission: '' }, role: { unit: actor.unit, role: 'unitLeader' }, people: { unit: 'subject', userIds: [] }, applicant: { unit: 'subject', applicant: true } }
  const ids = actor.unitIds ?? (actor.unitId ? [actor.unitId] : [])
  const texts = (graph.variables ?? []).filter((one) => one.type === 'text')
  return (
    <>
      <Field label={t('actorKind')}><Select value={kind} onChange={(next) => set({ actor: begin[next] })} options={actorKinds.map((value) => ({ value, label: t(`actor_${value}`) }))} /></Field>
      {kind === 'right' ? <Field label={t('permission')}><Select showSearch={{ optionFilterProp: 'label' }} value={actor.permission || null} onChange={(permission) => set({ actor: { ...actor, permission } })} options={(parts?.permissions ?? []).map((one) => ({ value: one.code, label: one.name }))} /></Field> : null}
      {kind === 'role' ? <Field label={t('role')}><Select showSearch={{ optionFilterProp: 'label' }} value={actor.role ?? null} onChange={(role) => set({ actor: { ...actor, role } })} options={(parts?.roles ?? []).map((one) => ({ value: one.code, label: one.name }))} /></Field> : null}
      {kind === 'people' && orderLoaders.user ? <div className="ms-field"><span className="ms-field-label">{t('people')}</span><UserPicker loader={orderLoaders.user} multiple value={actor.userIds ?? []} onChange={(value) => set({ actor: { ...actor, userIds: many(value) } })} /></div> : null}
      {kind === 'right' || kind === 'role' ? (
        <>
          <Field label={t('unit')}><Select value={actor.unit} onChange={(unit) => set({ actor: { unit, ...(actor.permission === undefined ? {} : { permission: actor.permission }), ...(actor.role === undefined ? {} : { role: actor.role }) } })} options={(['subject', 'subjectParent', 'centre', 'fixed', 'variable'] as const).map((value) => ({ value, label: t(`unit_${value}`) }))} /></Field>
          {actor.unit === 'fixed' && orderLoaders.unit ? <div className="ms-field"><span className="ms-field-label">{t('units')}</span><UnitPicker loader={orderLoaders.unit} multiple value={ids} onChange={(value) => set({ actor: { ...actor, unitId: undefined, unitIds: many(value) } })} /></div> : null}
          {actor.unit === 'variable' ? <Field label={t('unitVariable')}><Select value={actor.variable ?? null} onChange={(variable) => set({ actor: { ...actor, variable } })} options={texts.map((one) => ({ value: one.name, label: one.label }))} /></Field> : null}
        </>
      ) : null}
      {kind === 'applicant' ? null : (
        <>
          <div className="ms-field"><span className="ms-field-label">{t('mode')}</span><Radio.Group value={node.mode ?? 'one'} onChange={(e) => set({ mode: e.target.value === 'all' ? 'all' : 'one' })} options={(['one', 'all'] as const).map((value) => ({ value, label: t(`mode_${value}`) }))} /></div>
          {actor.unit === 'subject' || actor.unit === 'subjectParent' ? <Checkbox checked={node.levelUp ?? false} onChange={(e) => set({ levelUp: e.target.checked })}>{t('levelUp')}</Checkbox> : null}
        </>
      )}
      <Field label={t('limit')}><Duration value={node.limit ?? null} onChange={(limit) => set({ limit })} /></Field>
      <Field label={t('opinion')}><Select<Opinion> value={node.opinion ?? 'default'} onChange={(value) => set({ opinion: value === 'default' ? null : value })} options={(['default', 'never', 'return', 'always'] as const).map((value) => ({ value, label: t(`opinion_${value}`) }))} /></Field>
      <div className="ms-field"><span className="ms-field-label">{t('acts')}</span><span className="ms-row">{(['passUp', 'addSigner', 'forward'] as const).map((act) => <Checkbox key={act} checked={node[act] ?? false} onChange={(e) => set({ [act]: e.target.checked })}>{t(act)}</Checkbox>)}</span></div>
      <Field label={t('returnTo')}><Select mode="multiple" value={node.returnTo ?? []} onChange={(returnTo) => set({ returnTo })} options={[{ value: 'applicant', label: t('returnTo_applicant') }, { value: 'previous', label: t('returnTo_previous') }, ...graph.nodes.filter((one) => one.kind === 'userTask' && one.key !== node.key).map((one) => ({ value: one.key, label: one.name }))]} /></Field>
    </>
  )
}

const many = (value: string | string[] | null | undefined): string[] => (Array.isArray(value) ? value : value ? [value] : [])

function ServiceFields({ node, parts, set }: { node: FlowNode; parts: Parts | undefined; set: Set }): ReactElement {
  const operation = parts?.operations.find((one) => one.name === node.operation?.name)
  return (
    <>
      <Field label={t('operation')}><Select value={node.operation?.name ?? null} onChange={(name) => set({ operation: { name } })} options={(parts?.operations ?? []).map((one) => ({ value: one.name, label: one.label }))} /></Field>
      {(operation?.takes ?? []).map((one) => (
        <Field key={one.name} label={`${one.label}（${t(`type_${one.type}`)}）`}><Input value={node.operation?.input?.[one.name] ?? ''} placeholder={one.type === 'text' ? '"…"' : ''} onChange={(e) => set({ operation: { name: operation?.name ?? '', input: { ...node.operation?.input, [one.name]: e.target.value } } })} /></Field>
      ))}
    </>
  )
}

function AssignFields({ graph, node, set }: { graph: Graph; node: FlowNode; set: Set }): ReactElement {
  const rows = node.assign ?? []
  const change = (at: number, part: Partial<(typeof rows)[number]>) => set({ assign: rows.map((row, i) => (i === at ? { ...row, ...part } : row)) })
  return (
    <div className="ms-field">
      <span className="ms-field-label">{t('assign')}</span>
      {rows.map((row, at) => (
        <span key={at} className="ms-flow-assign">
          <Select aria-label={t('variable')} value={row.variable || null} onChange={(variable) => change(at, { variable })} options={(graph.variables ?? []).map((one) => ({ value: one.name, label: one.label }))} />
          <span aria-hidden="true">=</span>
          <Input aria-label={t('expression')} value={row.expression} onChange={(e) => change(at, { expression: e.target.value })} />
          <Button type="text" size="small" icon={<Icon name="close" size={14} />} aria-label={t('remove')} onClick={() => set({ assign: rows.filter((_row, i) => i !== at) })} />
        </span>
      ))}
      <Button size="small" onClick={() => set({ assign: [...rows, { variable: graph.variables?.[0]?.name ?? 'x', expression: '0' }] })}>{t('assignAdd')}</Button>
    </div>
  )
}

function Routes({ graph, node, onChange, onChoose }: Props & { node: FlowNode }): ReactElement | null {
  if (node.kind === 'end') return null
  const routes = graph.edges.flatMap((edge, at) => (edge.from === node.key ? [{ edge, at }] : []))
  const targets = graph.nodes.filter((one) => one.kind !== 'start' && one.kind !== 'timer')
  const nameOf = (key: string) => graph.nodes.find((one) => one.key === key)?.name ?? key
  return (
    <div className="ms-field">
      <span className="ms-field-label">{t('routes')}</span>
      {routes.length === 0 ? <span className="ms-hint">{t('noRoutes')}</span> : null}
      {routes.map(({ edge, at }) => (
        <span key={at} className="ms-flow-route">
          <Button type="link" size="small" onClick={() => onChoose({ edge: at })}>{edge.outcome === 'next' ? '' : `${t(`outcome_${edge.outcome}`)} `}→ {nameOf(edge.to)}{edge.condition ? `（${edge.condition}）` : ''}</Button>
          <Button type="text" size="small" icon={<Icon name="close" size={14} />} aria-label={t('remove')} onClick={() => onChange(remove(graph, { edge: at }))} />
        </span>
      ))}
      <Select size="small" placeholder={t('addRoute')} aria-label={t('addRoute')} value={null} options={targets.map((one) => ({ value: one.key, label: one.name }))} onChange={(to: string | null) => {
        const next = to === null ? null : connect(graph, node.key, to)
        if (next) onChange(next)
      }} />
    </div>
  )
}

function EdgeFields({ graph, at, onChange }: Props & { at: number }): ReactElement {
  const edge = graph.edges[at]
  const source = graph.nodes.find((one) => one.key === edge?.from)
  if (!edge || !source) return <></>
  const set = (change: Partial<typeof edge>) => onChange(changeEdge(graph, at, change))
  const nameOf = (key: string) => graph.nodes.find((one) => one.key === key)?.name ?? key
  const gate = source.kind === 'exclusive' || source.kind === 'inclusive'
  return (
    <>
      <div>{nameOf(edge.from)} → {nameOf(edge.to)}</div>
      <Field label={t('to')}><Select value={edge.to} onChange={(to) => set({ to })} options={graph.nodes.filter((one) => one.kind !== 'start' && one.kind !== 'timer').map((one) => ({ value: one.key, label: one.name }))} /></Field>
      {outcomesOf(source.kind).length > 1 ? <Field label={t('outcome')}><Select value={edge.outcome} onChange={(outcome) => set({ outcome })} options={outcomesOf(source.kind).map((value) => ({ value, label: t(`outcome_${value}`) }))} /></Field> : null}
      {gate ? <Field label={t('condition')} hint={t('conditionHint')}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} value={edge.condition ?? ''} onChange={(e) => set({ condition: e.target.value || null })} /></Field> : null}
      <Field label={t('edgeName')}><Input maxLength={60} value={edge.name ?? ''} onChange={(e) => set({ name: e.target.value || null })} /></Field>
    </>
  )
}

function FlowFields({ graph, onChange, parts }: Props): ReactElement {
  const rows = graph.variables ?? []
  const change = (at: number, part: Partial<VariableRule>) => onChange({ ...graph, variables: rows.map((row, i) => (i === at ? { ...row, ...part } : row)) })
  return (
    <>
      <Field label={t('withdraw')}><Select value={graph.withdraw ?? 'always'} onChange={(withdraw) => onChange({ ...graph, withdraw })} options={(['always', 'undecided', 'never'] as const).map((value) => ({ value, label: t(`withdraw_${value}`) }))} /></Field>
      <div className="ms-field">
        <span className="ms-field-label">{t('variables')}</span>
        {rows.map((row, at) => (
          <div key={at} className="ms-flow-variable">
            <Input size="small" aria-label={t('variableName')} placeholder={t('variableName')} value={row.name} onChange={(e) => change(at, { name: e.target.value })} />
            <Input size="small" aria-label={t('variableLabel')} placeholder={t('variableLabel')} value={row.label} onChange={(e) => change(at, { label: e.target.value })} />
            <Select size="small" aria-label={t('variableType')} value={row.type} onChange={(type) => change(at, { type })} options={(['text', 'number', 'boolean', 'date'] as const).map((value) => ({ value, label: t(`type_${value}`) }))} />
            <Button type="text" size="small" icon={<Icon name="close" size={14} />} aria-label={t('remove')} onClick={() => onChange({ ...graph, variables: rows.filter((_row, i) => i !== at) })} />
            {row.type === 'text' ? <Input size="small" className="ms-flow-options" aria-label={t('variableOptions')} placeholder={t('variableOptions')} defaultValue={(row.options ?? []).join('，')} onBlur={(e) => change(at, { options: e.target.value.split(/[,，]/).map((one) => one.trim()).filter(Boolean) })} /> : null}
          </div>
        ))}
        <Button size="small" onClick={() => onChange({ ...graph, variables: [...rows, { name: `v${rows.length + 1}`, label: t('variable'), type: 'number' }] })}>{t('addVariable')}</Button>
        {parts ? <span className="ms-hint">{t('functions', { list: parts.functions.join('、') })}</span> : null}
      </div>
    </>
  )
}

