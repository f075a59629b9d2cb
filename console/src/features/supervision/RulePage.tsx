// One rule: conditions, tests with what would fire, versions; effective only after both tests passed.
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { words } from '../orders/acts/form-values.ts'
import { form } from './fields.ts'
import { FormActs } from './FormActs.tsx'
import { RuleEditor } from './RuleEditor.tsx'
import type { Rule } from './lists.ts'
import { w } from './words.zh-CN.ts'
import './supervision.css'

const versionTone = { effective: 'ok', passed: 'ok', failed: 'over', draft: 'near', retired: 'calm' } as const
const toneOf = (state: string) => versionTone[state as keyof typeof versionTone] ?? 'calm'

export default function RulePage(): ReactElement {
  const { id = '' } = useParams()
  const rule = useQueryOf('showSupervisionRule', { id })
  const [editing, setEditing] = useState(false)
  useTopic('tasks', ['showSupervisionRule'])
  return (
    <QueryView query={rule}>
      {(data) => (
        <Page title={data.name} state={<Tag tone={data.state === 'effective' ? 'ok' : 'calm'}>{data.template ? w('templates') : data.stateName}</Tag>} stateText={data.stateName} sub={data.effectName} acts={<RuleActs rule={data} edit={() => setEditing(true)} />}>
          <Section title={w('ruleOf')} extra={<>{w('version', { n: data.number })} <Tag tone={toneOf(data.versionState)}>{data.versionStateName}</Tag></>}>
            <p className="ms-text"><strong>{data.conditionsText}</strong></p>
            <p className="ms-text">{data.definition.text}</p>
            <Facts columns={3} items={[
              { label: w('level'), value: w('levelN', { n: data.definition.level }), hidden: data.effect !== 'task' }, { label: w('replyHours'), value: String(data.definition.replyHours), hidden: data.effect !== 'task' }, { label: w('stageLimits'), value: data.definition.stages.map((one) => `${w(`stage.${one.stage}`)} ${w('hoursOf', { n: one.hours })}（${w(`stagePerson.${one.person}`)}）`).join('、'), hidden: data.effect !== 'task' || data.definition.stages.length === 0 },
              { label: w('to'), value: data.definition.recipients.map((one) => w(one)).join('、'), hidden: data.definition.recipients.length === 0 }, { label: w('channels'), value: data.definition.channels.map((one) => w(one)).join('、'), hidden: data.effect !== 'alert' }, { label: w('repeatHours'), value: data.definition.repeatHours === null ? null : String(data.definition.repeatHours), hidden: data.effect !== 'alert' },
              { label: w('findingKind'), value: data.definition.kind ? w(`kind.${data.definition.kind}`) : null, hidden: data.effect !== 'finding' },
            ]} />
          </Section>
          <Section title={w('tests')} extra={<span className="ms-hint">{w('testFirst')}</span>}>
            {data.tests.length === 0 ? <Suggested rule={data} /> : data.tests.slice(0, 6).map((test) => <Test key={test.id} test={test} />)}
          </Section>
          <Section title={w('versions')}>
            <table className="ms-board-table"><tbody>{data.versions.map((one) => <tr key={one.number}><th scope="row">{w('version', { n: one.number })}</th><td><Tag tone={toneOf(one.state)}>{one.stateName}</Tag></td><td>{one.conditionsText}</td><td>{one.createdByName} <Time iso={one.createdAt} /></td></tr>)}</tbody></table>
          </Section>
          {editing ? <RuleEditor rule={data} template={data.template} onClose={() => setEditing(false)} onDone={() => setEditing(false)} /> : null}
        </Page>
      )}
    </QueryView>
  )
}

const show = (value: unknown): string => (Array.isArray(value) ? value.join('、') : typeof value === 'number' && value < 0 ? w('notYet') : typeof value === 'boolean' ? (value ? w('yes') : w('no')) : String(value ?? ''))

function Suggested({ rule }: { rule: Rule }): ReactElement {
  return (
    <>
      <p className="ms-hint">{w('suggestHint')}</p>
      <table className="ms-board-table">
        <thead><tr><th scope="col">{w('simulated')}</th><th scope="col">{w('value')}</th><th scope="col">{w('expected')}</th></tr></thead>
        <tbody>{rule.suggested.map((one) => <tr key={one.name}><th scope="row">{one.name}</th><td>{rule.definition.conditions.map((c) => `${show(one.facts[c.fact])}${c.unit && Number(one.facts[c.fact]) >= 0 ? ` ${w('hours')}` : ''}`).join('；')}</td><td>{one.expected ? w('firesYes') : w('firesNo')}</td></tr>)}</tbody>
      </table>
    </>
  )
}

type Past = { examined: number; fired: number; share: number; refused?: string; orders: { id: string; number: string; title: string; unitName: string | null }[] }
type Simulated = { cases: { name: string; expected: boolean; fired: boolean }[] }

function Test({ test }: { test: Rule['tests'][number] }): ReactElement {
  const past = test.kind === 'past' ? (test.outcome as Past) : null // written by the server's own test
  const simulated = test.kind === 'simulated' ? (test.outcome as Simulated) : null
  return (
    <article className="ms-quote">
      <header className="ms-row"><Tag tone={test.passed ? 'ok' : 'over'}>{test.passed ? w('passed') : w('failed')}</Tag><strong>{w(test.kind)}</strong><span>{w('version', { n: test.number })}</span><span className="ms-grow" /><span className="ms-hint">{test.byName} <Time iso={test.at} /></span></header>
      {simulated ? <ul className="ms-plain-list">{simulated.cases.map((one) => <li key={one.name}>{one.name}：{w('expected')}{one.expected ? w('firesYes') : w('firesNo')}，{w('actual')}{one.fired ? w('firesYes') : w('firesNo')}{one.expected === one.fired ? '' : ' ✗'}</li>)}</ul> : null}
      {past ? (
        <>
          <p className="ms-text">{w('examined', { n: past.examined, m: past.fired, p: past.share })}{past.refused ? `。${past.refused}` : ''}</p>
          {past.orders.length > 0 ? <details><summary>{w('wouldFire')}</summary><ul className="ms-plain-list">{past.orders.slice(0, 50).map((order) => <li key={order.id}><Link to={`/orders/${order.number}`}><bdi className="ms-code">{order.number}</bdi> {order.title}</Link> <span className="ms-hint">{order.unitName}</span></li>)}</ul></details> : null}
        </>
      ) : null}
    </article>
  )
}

function RuleActs({ rule, edit }: { rule: Rule; edit: () => void }): ReactElement {
  const navigate = useNavigate()
  const { id, version } = rule
  const testable = rule.versionState === 'draft' || rule.versionState === 'passed' || rule.versionState === 'failed'
  const pending = rule.number !== rule.effectiveNumber || rule.state !== 'effective'
  return (
    <FormActs draft={`rule:${id}`} sub={rule.name} main={testable ? (rule.versionState === 'passed' ? 'enable' : 'test') : 'edit'} acts={[
      testable && rule.effect !== 'list' && !rule.template && { id: 'test', label: w('runTest'), run: () => call('simulateSupervisionRule', { id, cases: rule.suggested }) },
      testable && rule.effect !== 'list' && !rule.template && { id: 'try', label: w('tryPast'), schema: form({ days: { type: 'number', title: w('tryDays'), minimum: 1, maximum: 365 } }, ['days']), initial: { days: 30 }, send: async (v) => { await call('trySupervisionRule', { id, days: typeof v['days'] === 'number' ? v['days'] : 30 }); say(w('tryStarted')) } },
      !rule.template && pending && { id: 'enable', label: w('enableRule'), ask: w('enableText', { name: rule.name }), run: () => call('enableSupervisionRule', { id, version }) },
      { id: 'edit', label: w('editRule'), silent: true, run: async () => edit() },
      { id: 'copy', label: w('copyRule'), schema: form({ name: { type: 'string', title: w('ruleName'), maxLength: 60 } }, ['name']), initial: { name: w('copyName', { name: rule.name }).slice(0, 60) }, send: async (v) => { const made = await call('copySupervisionRule', { id, name: words(v, 'name') }); void navigate(`/supervision/rules/${made.id}`) } },
      rule.state === 'effective' && { id: 'stop', label: w('stopRule'), danger: true, ask: w('stopText', { name: rule.name }), run: () => call('stopSupervisionRule', { id, version }) },
      rule.state === 'draft' && rule.key === null && { id: 'remove', label: w('removeRule'), danger: true, ask: w('removeText', { name: rule.name }), run: async () => { await call('removeSupervisionRule', { id }); void navigate('/supervision/rules') } },
    ]} />
  )
}
