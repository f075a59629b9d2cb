// 自动签收规则: read top down, the first match signs; each hit is counted (ORD-24).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import type { FormValue } from '../../ui/form-rules.ts'
import { ListTable } from '../../ui/ListTable.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { fields } from '../orders/acts/act-form.ts'
import { words } from '../orders/acts/form-values.ts'
import { t } from './texts.zh-CN.ts'

type Rule = OutputOf<'listSignRules'>['items'][number]
type Conditions = { platforms?: string[]; dispatchKinds?: string[]; appealTypes?: string[]; urgencies?: string[]; matterIds?: string[]; categoryIds?: string[]; words?: string[]; marks?: string[] }
const urgencies = ['normal', 'urgent', 'major'] as const
const kinds = ['direct', 'transferred'] as const

const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [])
function conditionsOf(value: unknown): Conditions {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, list]) => [key, strings(list)])) : {}
}

export default function SignRulesPage(): ReactElement {
  const rules = useQueryOf('listSignRules', {})
  const options = useQueryOf('matterOptions', {}, { staleTime: 300_000 })
  const proposals = useQueryOf('proposeSignRules', {})
  const [edited, setEdited] = useState<Rule | Conditions | 'new' | null>(null)
  const types = new Map((options.data?.appealTypes ?? []).map((one) => [one.id, one.name]))
  const told = (rule: Rule): string => {
    const c = conditionsOf(rule.conditions)
    return [
      strings(c.platforms).join('、'), strings(c.dispatchKinds).map((one) => (one === 'direct' ? t('kind.direct') : t('kind.transferred'))).join('、'), strings(c.appealTypes).map((one) => types.get(one) ?? one).join('、'),
      strings(c.urgencies).map((one) => t(`urgency.${urgencies.find((u) => u === one) ?? 'normal'}`)).join('、'), strings(c.words).map((one) => `“${one}”`).join(' '), strings(c.marks).map((one) => `#${one}`).join(' '),
    ].filter(Boolean).join('；') || '–'
  }
  const remove = async (rule: Rule) => {
    if (!(await confirm({ title: t('r.deleteAsk', { name: rule.name }), text: t('r.deleteText'), verb: t('r.delete'), danger: true }))) return
    try {
      await call('deleteSignRule', { id: rule.id })
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
    await rules.refetch()
  }
  const body = (rule: Rule, enabled: boolean) => ({ name: rule.name, position: rule.position, enabled, toDispatch: rule.toDispatch, conditions: conditionsOf(rule.conditions) as never }) // read back as it was stored
  const toggle = async (rule: Rule) => {
    try {
      await call('changeSignRule', { id: rule.id, version: rule.version, ...body(rule, !rule.enabled) })
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
    await rules.refetch()
  }
  return (
    <Page title={t('rules')} stateText={t('r.first')} acts={<Button type="primary" onClick={() => setEdited('new')}>{t('r.new')}</Button>}>
      <Section flush>
        <QueryView query={rules}>
          {(data) => data.items.length === 0 ? <Empty kind="done" text={t('r.none')} hint={t('r.noneHint')} /> : (
            <ListTable caption={t('rules')} rowKey={(rule: Rule) => rule.id} rows={data.items} columns={[
              { key: 'position', title: t('r.position'), width: 64, align: 'end', render: (rule) => rule.position },
              { key: 'name', title: t('r.name'), width: 160, render: (rule) => rule.name },
              { key: 'conditions', title: t('r.conditions'), width: 320, wide: true, render: (rule) => told(rule) },
              { key: 'to', title: t('r.toDispatch'), width: 110, render: (rule) => (rule.toDispatch ? t('r.dispatch') : t('r.review')) },
              { key: 'hits', title: t('r.hits'), width: 64, align: 'end', render: (rule) => rule.hits },
              { key: 'enabled', title: t('r.enabled'), width: 80, render: (rule) => <Tag tone={rule.enabled ? 'ok' : 'plain'}>{rule.enabled ? t('r.on') : t('r.off')}</Tag> },
              { key: 'acts', title: '', width: 200, render: (rule) => <span className="ms-row"><Button size="small" onClick={() => setEdited(rule)}>{t('r.edit')}</Button><Button size="small" onClick={() => void toggle(rule)}>{rule.enabled ? t('r.off') : t('r.enabled')}</Button><Button size="small" danger onClick={() => void remove(rule)}>{t('r.delete')}</Button></span> },
            ]} />
          )}
        </QueryView>
      </Section>
      {(proposals.data?.items ?? []).length > 0 ? (
        <Section title={t('r.proposals')} extra={<span className="ms-hint">{t('r.proposalsHelp')}</span>}>
          {(proposals.data?.items ?? []).map((one) => (
            <div key={JSON.stringify(one.conditions)} className="ms-row">
              <span className="ms-grow">{[one.platform, one.dispatchKind === 'direct' ? t('kind.direct') : t('kind.transferred'), types.get(one.appealType) ?? one.appealType, one.categoryName].filter(Boolean).join('；')}</span>
              <span className="ms-hint">{t('r.proposalOrders', { n: one.orders })}</span><Button size="small" onClick={() => setEdited(one.conditions)}>{t('r.adopt')}</Button>
            </div>
          ))}
        </Section>
      ) : null}
      <ModelSection />
      {edited ? <Editor rule={typeof edited === 'object' && 'id' in edited ? edited : null} proposed={typeof edited === 'object' && !('id' in edited) ? edited : null} types={options.data?.appealTypes ?? []} close={() => setEdited(null)} saved={async () => { setEdited(null); say(t('r.saved')); await Promise.all([rules.refetch(), proposals.refetch()]) }} /> : null}
    </Page>
  )
}

/** Off, untrained, unproven or at work: the classifier's own trial decides, and the page says what it found. */
function ModelSection(): ReactElement | null {
  const model = useQueryOf('signModel', {}).data
  if (!model) return null
  const { trained } = model
  const state = !model.on ? 'off' : !trained ? 'untrained' : trained.proven ? 'works' : 'unproven'
  return (
    <Section title={t('r.model')} extra={<Tag tone={state === 'works' ? 'ok' : state === 'unproven' ? 'near' : 'plain'}>{t(`r.model.${state}`)}</Tag>}>
      <p className="ms-hint">{trained ? t('r.modelTrial', { n: trained.examples, tested: trained.tested, chosen: trained.chosen, right: trained.right, threshold: Math.round(model.threshold * 1000) / 10 }) : t('r.modelNone', { n: model.leastExamples })}{trained ? <> <Time iso={trained.at} /></> : null}</p>
    </Section>
  )
}

function Editor({ rule, proposed, types, close, saved }: { rule: Rule | null; proposed: Conditions | null; types: readonly { id: string; name: string }[]; close: () => void; saved: () => Promise<void> }): ReactElement {
  const before = conditionsOf(rule?.conditions ?? proposed)
  const submit = async (v: FormValue) => {
    const list = <T extends string>(name: string, known: readonly T[]): T[] => known.filter((one) => strings(v[name]).includes(one))
    const typed = words(v, 'words').split(/[\s，、,]+/).filter(Boolean)
    const body = {
      name: words(v, 'name'), position: typeof v.position === 'number' ? v.position : 0, enabled: v.enabled !== false, toDispatch: v.toDispatch !== false,
      conditions: { platforms: words(v, 'platforms').split(/[\s，、,]+/).filter(Boolean), dispatchKinds: list('kinds', kinds), appealTypes: list('types', types.map((one) => one.id)), urgencies: list('urgencies', urgencies), matterIds: strings(before.matterIds), categoryIds: strings(before.categoryIds), words: typed, marks: words(v, 'marks').split(/[\s，、,]+/).filter(Boolean) },
    }
    if (rule) await call('changeSignRule', { id: rule.id, version: rule.version, ...body })
    else await call('createSignRule', body)
    await saved()
  }
  const many = (title: string, values: { const: string; title: string }[]) => ({ type: 'array' as const, title, items: { type: 'string' as const, oneOf: values } })
  return (
    <ActDrawer open title={rule ? t('r.edit') : t('r.new')} draftKey={`sign-rule:${rule?.id ?? (proposed ? JSON.stringify(proposed) : 'new')}:${rule?.version ?? 0}`} submitLabel={t('save')} submit={submit} onClose={close} notice={t('r.first')}
      initial={{ name: rule?.name, position: rule?.position ?? 0, enabled: rule?.enabled ?? true, toDispatch: rule?.toDispatch ?? true, platforms: strings(before.platforms).join(' '), kinds: strings(before.dispatchKinds), types: strings(before.appealTypes), urgencies: strings(before.urgencies), words: strings(before.words).join(' '), marks: strings(before.marks).join(' ') }}
      schema={fields({
        name: { type: 'string', title: t('r.name'), maxLength: 60 },
        platforms: { type: 'string', title: t('r.platforms'), maxLength: 200 },
        kinds: many(t('r.kinds'), kinds.map((one) => ({ const: one, title: t(`kind.${one}`) }))),
        types: many(t('r.types'), types.map((one) => ({ const: one.id, title: one.name }))),
        urgencies: many(t('r.urgencies'), urgencies.map((one) => ({ const: one, title: t(`urgency.${one}`) }))),
        words: { type: 'string', title: t('r.words'), description: t('r.wordsHelp'), maxLength: 400 },
        marks: { type: 'string', title: t('r.marks'), maxLength: 200 },
        position: { type: 'integer', title: t('r.position'), minimum: 0, maximum: 9999, 'x-half': true },
        toDispatch: { type: 'boolean', title: t('r.dispatch'), 'x-half': true },
        enabled: { type: 'boolean', title: t('r.enabled') },
      }, ['name'])} />
  )
}
