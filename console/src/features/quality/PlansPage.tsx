// Plans: what is drawn, how many, who looks; each with its draws. Drawing now is one click, its size is shown before.
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
import { Empty, QueryView } from '../../ui/Empty.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { kinds } from './columns.tsx'
import { t } from './texts.zh-CN.ts'
import './quality.css'

type Plan = OutputOf<'listQualityPlans'>['items'][number]
const choice = (pairs: [string, string][]) => pairs.map(([value, title]) => ({ const: value, title }))
const outcomes = ['satisfied', 'notStated', 'dissatisfied', 'notAttributable'] as const
const named = (list: readonly { code: string; name: string }[] | undefined) => (list ?? []).map((one) => ({ const: one.code, title: one.name }))
const types = ['consultation', 'help', 'complaint', 'report', 'suggestion', 'praise'] as const

export default function PlansPage(): ReactElement {
  const { can } = useSession()
  const plans = useQueryOf('listQualityPlans', {})
  useTopic('quality.tasks', ['listQualityPlans'])
  const [editing, setEditing] = useState<Plan | 'new' | null>(null)
  const send = useAct('listQualityPlans', 'listQualityTasks', 'qualityTaskCounts', 'list')
  const run = (plan: Plan) => void send('runQualityPlan', { id: plan.id }).then((done) => say(t('ran', { n: done.batches[0]?.drawn ?? 0 })), (error: unknown) => say(asProblem(error).message, 'over'))
  const manage = can('quality.manage')
  return (
    <Page title={t('plans')} acts={manage ? <Button type="primary" onClick={() => setEditing('new')}>{t('newPlan')}</Button> : null}>
      <QueryView query={plans}>
        {({ items }) => (items.length === 0 ? <Empty kind="done" text={t('noPlans')} hint={t('noPlansHint')} /> : items.map((plan) => (
          <Section key={plan.id} flush title={<span className="ms-row">{plan.name}<Tag>{plan.kindName}</Tag><Tag tone="primary">{plan.modeName}</Tag><Tag tone={plan.state === 'active' ? 'ok' : 'calm'}>{plan.stateName}</Tag></span>}
            extra={<span className="ms-row"><span className="ms-muted">{plan.cycleName}{plan.nextRunAt ? <> · {t('nextRun')} <Time iso={plan.nextRunAt} /></> : null} · {plan.draw.by === 'ratio' ? `${plan.draw.value}%` : plan.draw.value}{plan.draw.perAgent ? ` · ${t('perAgent')}` : ''} · {plan.sheetName} · {plan.assignName}</span>{manage ? <><Button size="small" onClick={() => setEditing(plan)}>{t('edit')}</Button><Button size="small" type="primary" disabled={plan.state !== 'active'} onClick={() => run(plan)}>{t('run')}</Button></> : null}</span>}>
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('batches')}</caption>
              <thead><tr>{(['time', 'by', 'seed', 'hitsN', 'drawnN', 'state'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}<th scope="col" className="ms-quality-end">{t('progress')} <Link to={`/quality/results?planId=${plan.id}`}>{plan.done} / {plan.tasks}</Link> · {t('personN')} {plan.person}</th></tr></thead>
              <tbody>{plan.batches.map((b) => <tr key={b.id}><td><Time iso={b.at} /></td><td>{b.byName}</td><td><bdi className="ms-code">{b.seed}</bdi></td><td>{b.hits}</td><td>{b.drawn}</td><td><Tag tone={b.state === 'done' ? 'ok' : b.state === 'failed' ? 'over' : 'primary'}>{b.state === 'done' ? '✓' : b.state === 'running' ? '…' : '×'}</Tag></td><td /></tr>)}</tbody>
            </table>
          </Section>
        )))}
      </QueryView>
      {editing ? <PlanDrawer plan={editing === 'new' ? null : editing} onClose={() => setEditing(null)} /> : null}
    </Page>
  )
}

function PlanDrawer({ plan, onClose }: { plan: Plan | null; onClose: () => void }): ReactElement {
  const send = useAct('listQualityPlans')
  const options = useQueryOf('qualityPlanOptions', {}, { staleTime: 60_000 })
  const sheets = useQueryOf('listQualitySheets', {}, { staleTime: 60_000 })
  const rules = useQueryOf('listQualityRules', {}, { staleTime: 60_000 })
  const [preview, setPreview] = useState('')
  const many = (title: string, pairs: { const: string; title: string }[], more: object = {}) => ({ type: 'array' as const, title, items: { type: 'string' as const, oneOf: pairs }, ...more })
  const of = (field: string, values: string[]) => ({ 'x-visibleIf': { field, in: values } })
  const schema: FormSchema = {
    type: 'object', required: ['name', 'kind', 'mode', 'drawBy', 'drawValue', 'sheetId'],
    properties: {
      name: { type: 'string', title: t('planName'), maxLength: 60 }, kind: { type: 'string', title: t('object'), oneOf: kinds.map((one) => ({ const: one.value, title: one.label })), 'x-half': true }, mode: { type: 'string', title: t('mode'), 'x-half': true, oneOf: (['machineFirst', 'parallel', 'personOnly', 'machineOnly'] as const).map((one) => ({ const: one, title: t(`mode.${one}`) })) },
      days: { type: 'integer', title: t('days'), minimum: 1, maximum: 400, 'x-half': true }, agentIds: many(t('agents'), (options.data?.agents ?? []).map((one) => ({ const: one.id, title: one.name })), { 'x-half': true }),
      ...(options.data?.teams.length ? { teams: many(t('teams'), options.data.teams.map((one) => ({ const: one, title: one })), { 'x-half': true }) } : {}), direction: { type: 'string', title: t('direction'), oneOf: choice([['inbound', t('inbound')], ['outbound', t('outbound')]]), 'x-half': true, ...of('kind', ['call']) },
      area: { type: 'string', title: t('callerArea'), maxLength: 40, 'x-half': true, ...of('kind', ['call']) }, ratings: many(t('ratings'), ['1', '2', '3', '4', '5'].map((one) => ({ const: one, title: t('ratingOf', { n: one }) })), { 'x-half': true, ...of('kind', ['call', 'chat']) }),
      minSeconds: { type: 'integer', title: t('minSeconds'), minimum: 0, 'x-half': true, ...of('kind', ['call']) }, maxSeconds: { type: 'integer', title: t('maxSeconds'), minimum: 0, 'x-half': true, ...of('kind', ['call']) },
      appealTypes: many(t('appealTypes'), choice([['consultation', '咨询'], ['help', '求助'], ['complaint', '投诉'], ['report', '举报'], ['suggestion', '建议'], ['praise', '表扬']].filter(([code]) => types.some((one) => one === code)) as [string, string][]), of('kind', ['order'])),
      states: many(t('states'), named(options.data?.states), { 'x-half': true, ...of('kind', ['order']) }), outcomes: many(t('outcomes'), choice(outcomes.map((one) => [one, t(`outcome.${one}`)])), { 'x-half': true, ...of('kind', ['order']) }),
      unitIds: many(t('units'), (options.data?.units ?? []).map((one) => ({ const: one.id, title: one.name })), { 'x-half': true, ...of('kind', ['order']) }), channels: many(t('channels'), named(options.data?.channels), { 'x-half': true, ...of('kind', ['order']) }),
      numberFrom: { type: 'string', title: t('numberFrom'), maxLength: 40, 'x-half': true, ...of('kind', ['order']) }, numberTo: { type: 'string', title: t('numberTo'), maxLength: 40, 'x-half': true, ...of('kind', ['order']) },
      drawBy: { type: 'string', title: t('draw'), oneOf: choice([['ratio', t('ratio')], ['number', t('number')]]), 'x-half': true }, drawValue: { type: 'integer', title: t('drawValue'), minimum: 1, maximum: 100_000, 'x-half': true }, perAgent: { type: 'boolean', title: t('perAgent') },
      sheetId: { type: 'string', title: t('sheet'), 'x-buttons': false, oneOf: (sheets.data?.items ?? []).filter((one) => one.state === 'active').map((one) => ({ const: one.id, title: one.name })), 'x-half': true }, ruleGroups: many(t('ruleGroups'), (rules.data?.groups ?? []).map((one) => ({ const: one, title: one })), { 'x-half': true, ...of('mode', ['machineFirst', 'parallel', 'machineOnly']) }),
      verifyRatio: { type: 'integer', title: t('verifyRatio'), minimum: 0, maximum: 100, ...of('mode', ['machineFirst']) },
      assign: { type: 'string', title: t('assignMode'), oneOf: choice([['dispatch', t('dispatch')], ['grab', t('grab')]]), 'x-half': true, ...of('mode', ['machineFirst', 'parallel', 'personOnly']) }, inspectorIds: many(t('inspectors'), (options.data?.inspectors ?? []).map((one) => ({ const: one.id, title: one.name })), { 'x-half': true, ...of('mode', ['machineFirst', 'parallel', 'personOnly']) }),
      dueDays: { type: 'integer', title: t('dueDays'), minimum: 1, maximum: 60, 'x-half': true }, cycle: { type: 'string', title: t('cycle'), oneOf: choice([['once', t('once')], ['day', t('eachDay')], ['week', t('eachWeek')]]), 'x-half': true }, state: { type: 'string', title: t('planState'), oneOf: choice([['active', t('active')], ['paused', t('paused')], ['ended', t('ended')]]) },
    },
  }
  const initial: FormValue = plan ? { name: plan.name, kind: plan.kind, mode: plan.mode, ...plan.filter, ratings: (plan.filter.ratings ?? []).map(String), drawBy: plan.draw.by, drawValue: plan.draw.value, perAgent: plan.draw.perAgent, sheetId: plan.sheetId, ruleGroups: plan.ruleGroups, verifyRatio: plan.verifyRatio, assign: plan.assign, inspectorIds: plan.inspectorIds, dueDays: plan.dueDays, cycle: plan.cycle, state: plan.state }
    : { kind: 'call', mode: options.data?.mode ?? 'machineFirst', days: 7, drawBy: 'ratio', drawValue: 10, perAgent: false, sheetId: sheets.data?.items.find((one) => one.kind === 'call')?.id ?? '', verifyRatio: 10, assign: 'dispatch', dueDays: 3, cycle: 'once', state: 'active', ruleGroups: [], inspectorIds: [], agentIds: [], appealTypes: [] }
  if (!sheets.data || !options.data || !rules.data) return <></>
  return (
    <ActDrawer open onClose={onClose} title={plan ? t('editPlan') : t('newPlan')} schema={schema} initial={initial} submitLabel={t('keep')} submit={async (values) => { await send('saveQualityPlan', bodyOf(values, plan)); say(t('planSaved')) }} onDone={onClose}
      side={({ value }) => <div className="ms-stack"><Button onClick={() => void send('previewQualityDraw', drawn(value)).then((one) => setPreview(t('previewed', one)), (error: unknown) => setPreview(asProblem(error).message))}>{t('preview')}</Button>{preview ? <p>{preview}</p> : null}</div>} />
  )
}

const list = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [])
const word = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined)
const whole = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)

function drawn(values: FormValue) {
  const filter = {
    days: whole(values.days), agentIds: list(values.agentIds), teams: list(values.teams),
    ...(values.kind === 'call' ? { minSeconds: whole(values.minSeconds), maxSeconds: whole(values.maxSeconds), direction: word(values.direction), area: word(values.area) } : {}),
    ...(values.kind === 'order' ? { appealTypes: list(values.appealTypes), states: list(values.states), outcomes: list(values.outcomes), unitIds: list(values.unitIds), channels: list(values.channels), numberFrom: word(values.numberFrom), numberTo: word(values.numberTo) } : { ratings: list(values.ratings).map(Number) }),
  }
  return { kind: values.kind, filter, draw: { by: values.drawBy, value: values.drawValue, perAgent: values.perAgent === true } }
}
const bodyOf = (values: FormValue, plan: Plan | null): Record<string, unknown> => ({
  ...drawn(values), id: plan?.id ?? null, ...(plan ? { version: plan.version } : {}), name: values.name, mode: values.mode, sheetId: values.sheetId, ruleGroups: list(values.ruleGroups), verifyRatio: whole(values.verifyRatio) ?? 0, assign: values.assign ?? 'dispatch', inspectorIds: list(values.inspectorIds), dueDays: whole(values.dueDays) ?? 3, cycle: values.cycle, state: values.state,
} satisfies Record<keyof Omit<InputOf<'saveQualityPlan'>, 'version'>, unknown>)
