// One rule: at which node, for which orders, what it forbids, demands, limits and pushes; saved as a version, tried on past orders.
import { Button, Drawer, Input, Select, Switch } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ProblemLine, QueryView } from '../../ui/Empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { say } from '../../ui/notices.ts'
import { cappedCount } from '../../ui/numbers.ts'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import type { QueryField } from '../query/tree.ts'
import { isComplete, readTree } from '../query/tree.ts'
import type { NodeRule } from './NodeRulesPage.tsx'
import { Group } from './ProfileDrawer.tsx'
import { DurationInput } from './ProfileParts.tsx'
import { When } from './When.tsx'
import { pushHint, pushPlace, t } from './texts.zh-CN.ts'

type Definition = NodeRule['definition']
type Props = { rule: NodeRule | null; lists: OutputOf<'listNodeRules'>; fields: readonly QueryField[]; node?: NodeRule['node']; onClose: () => void }
const blank: Definition = { when: null, forbid: [], demand: [], exit: null, permission: null, limit: null, push: [], reason: '' }
const done = (tree: Record<string, unknown> | null): boolean => tree === null || isComplete(readTree(JSON.stringify(tree)))

export function NodeRuleDrawer({ rule, lists, fields, node: given, onClose }: Props): ReactElement {
  const [name, setName] = useState(rule?.name ?? '')
  const [node, setNode] = useState<NodeRule['node']>(rule?.node ?? given ?? 'review')
  const [enabled, setEnabled] = useState(rule?.enabled ?? false)
  const [def, setDef] = useState<Definition>(rule?.definition ?? blank)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [trial, setTrial] = useState<OutputOf<'tryNodeRule'> | null>(null)
  const [busy, setBusy] = useState(false)
  const send = useAct('listNodeRules', 'nodeRuleVersions')
  const put = (change: Partial<Definition>) => setDef({ ...def, ...change })
  const here = lists.nodes.find((one) => one.value === node)
  const ready = name.trim() !== '' && done(def.when) && done(def.exit) && def.push.every((one) => one.text.trim() !== '')
  const save = async () => {
    setBusy(true)
    setProblem(null)
    const body = { name: name.trim(), node, enabled, definition: def }
    try {
      await (rule ? send('changeNodeRule', { id: rule.id, version: rule.version, ...body }) : send('createNodeRule', body))
      say(t('ruleSaved'))
      onClose()
    } catch (error) {
      setProblem(asProblem(error))
    }
    setBusy(false)
  }
  return (
    <Drawer open onClose={onClose} size={820} title={rule ? `${rule.name} v${rule.version}` : t('newRule')} destroyOnHidden
      footer={<div className="ms-row">{problem ? <ProblemLine problem={problem} /> : <span className="ms-hint">{t('keepsVersion')}</span>}<span className="ms-grow" />{ready ? null : <span className="ms-hint" role="status">{t('unfinished')}</span>}<Button onClick={onClose}>{t('close')}</Button><Button type="primary" disabled={!ready} loading={busy} onClick={() => void save()}>{t('save')}</Button></div>}>
      <div className="ms-stack">
        <div className="ms-row ms-wrap">
          <Labelled label={t('name')}><Input value={name} maxLength={60} style={{ inlineSize: 260 }} aria-label={t('name')} onChange={(e) => setName(e.target.value)} /></Labelled>
          <Labelled label={t('node')}><Select value={node} style={{ inlineSize: 140 }} aria-label={t('node')} onChange={(next) => { setNode(next); put({ forbid: [], limit: null }) }} options={lists.nodes.map((one) => ({ value: one.value, label: one.label }))} /></Labelled>
          <Labelled label={t('on')}><Switch checked={enabled} aria-label={t('on')} onChange={setEnabled} /></Labelled>
        </div>
        <Group title={t('when')}>
          <When label={t('when')} fields={fields} value={def.when} none={t('everyOrder')} onChange={(next) => { put({ when: next }); setTrial(null) }} />
          {def.when ? <div className="ms-row"><Button size="small" disabled={!done(def.when)} onClick={() => { if (def.when) void call('tryNodeRule', { when: def.when as Record<string, never>, days: 30 }).then(setTrial).catch((error: Error) => say(error.message, 'over')) }}>{t('trial')}</Button>{trial ? <span className="ms-hint" role="status">{t('trialFound', { count: cappedCount(trial.count) })}{trial.sample.slice(0, 3).map((one) => ` · ${one.title}`).join('')}</span> : null}</div> : null}
        </Group>
        <Group title={t('acts')} hint={t('actsHint')}>
          <Field label={t('forbid')}><Select mode="multiple" style={{ inlineSize: '100%' }} aria-label={t('forbid')} placeholder={t('forbidNone')} value={def.forbid} onChange={(forbid) => put({ forbid })} options={(here?.acts ?? []).map((act) => ({ value: act.value, label: act.label }))} /></Field>
          <Field label={t('permission')}><Select allowClear showSearch optionFilterProp="label" style={{ inlineSize: '100%' }} aria-label={t('permission')} placeholder={t('permissionNone')} value={def.permission ?? undefined} onChange={(next) => put({ permission: next ?? null })} options={lists.permissions} /></Field>
        </Group>
        <Group title={t('leaving')} hint={t('leavingHint')}>
          <Field label={t('demand')}><Select mode="multiple" style={{ inlineSize: '100%' }} aria-label={t('demand')} placeholder={t('demandNone')} value={def.demand} onChange={(demand) => put({ demand })} options={lists.demands} /></Field>
          <When label={t('exit')} fields={fields} value={def.exit} none={t('exitNone')} onChange={(exit) => put({ exit })} />
          <Field label={t('reasonShown')}><Input maxLength={200} aria-label={t('reasonShown')} value={def.reason} onChange={(e) => put({ reason: e.target.value })} /></Field>
        </Group>
        {here?.mayLimit ? <Group title={t('nodeLimit')} hint={t('nodeLimitHint')}><DurationInput label={t('nodeLimit')} value={def.limit} onChange={(limit) => put({ limit })} /></Group> : null}
        <Group title={t('push')} hint={pushHint} extra={<Button size="small" icon={<Icon name="plus" size={12} />} onClick={() => put({ push: [...def.push, { after: 'registered', to: 'registrar', text: '' }] })}>{t('addPush')}</Button>}>
          {def.push.map((one, i) => {
            const set = (next: Partial<Definition['push'][number]>) => put({ push: def.push.map((old, j) => (j === i ? { ...old, ...next } : old)) })
            return (
              <div key={i} className="ms-row">
                <Select size="small" style={{ inlineSize: 150 }} aria-label={t('pushAfter')} value={one.after} options={lists.pushAfter} onChange={(next: string) => set({ after: next as typeof one.after })} />
                <Select size="small" style={{ inlineSize: 140 }} aria-label={t('pushTo')} value={one.to} options={lists.pushTo} onChange={(next: string) => set({ to: next as typeof one.to })} />
                <Input size="small" aria-label={t('pushText')} maxLength={200} placeholder={pushPlace} value={one.text} onChange={(e) => set({ text: e.target.value })} />
                <button type="button" className="ms-icon-button" onClick={() => put({ push: def.push.filter((_, j) => j !== i) })}><Icon name="close" size={14} label={t('remove')} /></button>
              </div>
            )
          })}
        </Group>
        {rule ? <Versions id={rule.id} /> : null}
      </div>
    </Drawer>
  )
}

function Versions({ id }: { id: string }): ReactElement {
  const query = useQueryOf('nodeRuleVersions', { id })
  return <Group title={t('versions')}><QueryView query={query} lines={1}>{({ items }) => (items.length === 0 ? <span className="ms-hint">{t('noVersions')}</span> : <ul className="ms-plain-list">{items.map((one) => <li key={one.version}>v{one.version} {one.byName} <span className="ms-hint">{when(one.fromAt)} – {one.untilAt ? when(one.untilAt) : t('inForce')}</span></li>)}</ul>)}</QueryView></Group>
}

function Labelled({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return <label className="ms-stack ms-tight"><span className="ms-field-label">{label}</span>{children}</label>
}
function Field({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return <div className="ms-field"><span className="ms-field-label">{label}</span>{children}</div>
}
