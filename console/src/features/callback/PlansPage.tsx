// 回访计划: what is asked, of whom and how; its number before it starts, its progress while it runs (CBK-07, CBK-08, CBK-11).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { InputOf, OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useTopic } from '../../api/realtime.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { Facts, Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import type { Tone } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { w } from './outbound.zh-CN.ts'
import './callback.css'

type Plan = OutputOf<'listCallbackPlans'>['items'][number]
type Act = InputOf<'actOnCallbackPlan'>['act']
const tones: Record<Plan['state'], Tone> = { draft: 'calm', running: 'ok', paused: 'near', ended: 'calm' }
export const choices = (pairs: readonly (readonly [string, string])[]) => pairs.map(([value, title]) => ({ const: value, title }))
export const types = [['consultation', '咨询'], ['help', '求助'], ['complaint', '投诉'], ['report', '举报'], ['suggestion', '建议'], ['praise', '表扬']] as const
export const many = (title: string, pairs: { const: string; title: string }[], more: object = {}) => ({ type: 'array' as const, title, items: { type: 'string' as const, oneOf: pairs }, ...more })

export default function PlansPage(): ReactElement {
  const { can } = useSession()
  const plans = useQueryOf('listCallbackPlans', {}, { refetchEvery: 15_000 })
  useTopic('callback.queue', ['listCallbackPlans'])
  const [editing, setEditing] = useState<Plan | 'new' | null>(null)
  const send = useAct('listCallbackPlans', 'listCallbacks', 'callbackCounts')
  const manage = can('callback.plan')
  const act = async (plan: Plan, one: Act) => {
    if (one === 'stop' && !(await confirm({ title: w('stopTitle', { name: plan.name }), text: w('stopText'), verb: w('stop'), danger: true }))) return
    if (one === 'start' && !(await started(send, plan))) return
    await send('actOnCallbackPlan', { id: plan.id, act: one }).then(() => say(w(`did.${one}`)), (error: unknown) => say(asProblem(error).message, 'over'))
  }
  return (
    <Page title={w('plans')} acts={manage ? <Button type="primary" onClick={() => setEditing('new')}>{w('newPlan')}</Button> : null}>
      <QueryView query={plans}>
        {({ items, robot }) => (
          <>
            {robot.on ? null : <div className="ms-note" data-tone="info">{w('robotOff')} {can('platform.manageSettings') ? <Link to="/admin/settings?q=机器人回访&key=callback.robot.on">{w('robotSwitch')}</Link> : null}</div>}
            {items.length === 0 ? <Empty kind="done" text={w('noPlans')} hint={w('noPlansHint')} /> : items.map((plan) => (
              <Section key={plan.id} title={<span className="ms-row">{plan.name}<Tag tone={tones[plan.state]}>{plan.stateName}</Tag><Tag>{plan.kindName}</Tag><Tag tone="primary">{plan.mannerName}</Tag></span>}
                extra={<span className="ms-row">{plan.state === 'draft' && manage ? <Button size="small" onClick={() => setEditing(plan)}>{w('edit')}</Button> : null}{plan.acts.filter((one) => one.enabled).map((one) => <Button key={one.act} size="small" type={one.act === 'start' ? 'primary' : 'default'} onClick={() => void act(plan, one.act as Act)}>{one.label}</Button>)}</span>}>
                {plan.aim ? <p className="ms-hint" style={{ margin: '0 0 8px' }}>{plan.aim}</p> : null}
                <Facts columns={3} items={[
                  { label: w('notStarted'), value: plan.counts.notStarted }, { label: w('running'), value: plan.counts.running },
                  { label: w('finished'), value: plan.manner === 'robot' ? <Link to={`/callback/robot?planId=${plan.id}&stage=finished`}>{plan.counts.finished}</Link> : plan.counts.finished },
                  { label: w('reached'), value: plan.counts.reached }, { label: w('notReached'), value: plan.counts.notReached }, { label: w('toPerson'), value: plan.counts.problems },
                  { label: w('ratio'), value: w('ratioOf', { n: plan.ratio, seed: plan.seed }) }, { label: w('strategy'), value: plan.strategyName ?? w('strategyCommon') },
                  { label: w('period'), value: <><Time iso={plan.startsAt} />{plan.endsAt ? <> – <Time iso={plan.endsAt} /></> : null}</> }, { label: w('by'), value: <>{plan.byName} <Time iso={plan.createdAt} /></> },
                ]} />
              </Section>
            ))}
          </>
        )}
      </QueryView>
      {editing ? <PlanDrawer plan={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
    </Page>
  )
}

/** Nothing is called before its number was seen. */
async function started(send: ReturnType<typeof useAct>, plan: Plan): Promise<boolean> {
  if (plan.filledAt !== null) return true
  const found = await send('previewCallbackPlan', { scope: plan.scope, kind: plan.kind, ratio: plan.ratio }).catch((error: unknown) => { say(asProblem(error).message, 'over'); return null })
  return found !== null && confirm({ title: w('startTitle', { name: plan.name }), text: w('previewed', found), verb: w('startVerb', { n: found.drawn }) })
}

function PlanDrawer({ plan, onClose }: { plan: Plan | null; onClose: () => void }): ReactElement {
  const send = useAct('listCallbackPlans')
  const strategies = useQueryOf('listCallbackStrategies', {}, { staleTime: 60_000 })
  const [preview, setPreview] = useState('')
  const schema: FormSchema = {
    type: 'object', required: ['name', 'kind', 'manner', 'states', 'ratio'],
    properties: {
      name: { type: 'string', title: w('name'), maxLength: 60 }, aim: { type: 'string', title: w('aim'), maxLength: 200 },
      kind: { type: 'string', title: w('kind'), oneOf: choices([['once', w('once')], ['long', w('long')], ['weekly', w('weekly')], ['monthly', w('monthly')]]), 'x-half': true }, manner: { type: 'string', title: w('manner'), oneOf: choices([['person', w('person')], ['robot', w('robot')], ['sms', w('sms')]]), 'x-half': true },
      states: many(w('states'), choices([['pendingCallback', w('pendingCallback')], ['closed', w('closed')], ['archived', w('archived')]])), appealTypes: many(w('appealTypes'), choices(types), { 'x-half': true }), exceptTypes: many(w('exceptTypes'), choices(types), { 'x-half': true }),
      requester: { type: 'string', title: w('requester'), oneOf: choices([['any', w('any')], ['person', w('personal')], ['enterprise', w('enterprise')]]), 'x-half': true }, closedDays: { type: 'integer', title: w('closedDays'), minimum: 1, maximum: 400, 'x-half': true },
      ratio: { type: 'integer', title: w('ratioField'), minimum: 1, maximum: 100, 'x-half': true }, seed: { type: 'string', title: w('seed'), description: w('seedHelp'), maxLength: 40, 'x-half': true },
      strategyId: { type: 'string', title: w('strategy'), 'x-buttons': false, oneOf: [{ const: '', title: w('strategyCommon') }, ...(strategies.data?.items ?? []).map((one) => ({ const: one.id, title: one.name }))] },
    },
  }
  const initial: FormValue = plan ? { ...plan.scope, name: plan.name, aim: plan.aim, kind: plan.kind, manner: plan.manner, ratio: plan.ratio, seed: plan.seed, strategyId: plan.strategyId ?? '' }
    : { kind: 'once', manner: 'person', states: ['pendingCallback'], requester: 'any', ratio: 100, strategyId: '', appealTypes: [], exceptTypes: [] }
  if (!strategies.data) return <></>
  return (
    <ActDrawer open onClose={onClose} title={plan ? w('editPlan') : w('newPlan')} schema={schema} initial={initial} submitLabel={w('keep')} onDone={onClose}
      submit={async (value) => { await send('saveCallbackPlan', { ...bodyOf(value), id: plan?.id ?? null, ...(plan ? { version: plan.version } : {}) }); say(w('saved')) }}
      side={({ value }) => <div className="ms-stack"><Button onClick={() => void send('previewCallbackPlan', { scope: scopeOf(value), kind: value.kind, ratio: whole(value.ratio) ?? 100 }).then((found) => setPreview(w('previewed', found)), (error: unknown) => setPreview(asProblem(error).message))}>{w('preview')}</Button>{preview ? <p role="status">{preview}</p> : null}</div>} />
  )
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [])
const whole = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
const words = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
const scopeOf = (value: FormValue) => ({ states: list(value.states), appealTypes: list(value.appealTypes), exceptTypes: list(value.exceptTypes), requester: words(value.requester) || 'any', ...(whole(value.closedDays) === undefined ? {} : { closedDays: whole(value.closedDays) }) })
const bodyOf = (value: FormValue): Record<string, unknown> => ({ name: words(value.name), aim: words(value.aim), kind: value.kind, manner: value.manner, scope: scopeOf(value), ratio: whole(value.ratio) ?? 100, strategyId: words(value.strategyId) || null, ...(words(value.seed) ? { seed: words(value.seed) } : {}) })
