// 办理规则: assignment rules with trial run, opinion templates, conditions of suspension, closing templates.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { call } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import type { OutputOf } from '../../api/call.ts'
import { useSession } from '../../app/session.tsx'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import type { Column } from '../../ui/ListPage.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { categoryLoader } from '../orders/pickers.ts'
import { channelNames } from './channel-names.ts'
import { DeclarationWindows } from './DeclarationWindows.tsx'
import { conditionForm, opinionForm, ruleForm, templateForm } from './rule-forms.tsx'
import { RowAct, useRefreshHandling } from './RowAct.tsx'
import type { RowForm } from './RowAct.tsx'
import { Trial } from './Trial.tsx'
import { layoutHelp, opinionHelp, t } from './texts.zh-CN.ts'

type Rule = OutputOf<'listAssignRules'>['items'][number]
type Opinion = OutputOf<'listOpinions'>['items'][number]
type Condition = OutputOf<'listPauseConditions'>['items'][number]
type Template = OutputOf<'listClosingTemplates'>['items'][number]
type Open = (name: string, form: RowForm) => void

export default function RulesPage(): ReactElement {
  const { can } = useSession()
  const [search, setSearch] = useSearchParams()
  const [acting, setActing] = useState<{ name: string; form: RowForm } | null>(null)
  const manage = can('orders.manageRules')
  const remove = useDelete()
  const open: Open = (name, form) => setActing({ name, form })
  const tabs = [...(manage || can('orders.dispatch') ? [{ id: 'assign', name: t('assignRules') }] : []), { id: 'opinions', name: t('opinions') }, ...(manage ? [{ id: 'conditions', name: t('conditions') }, { id: 'templates', name: t('templates') }, { id: 'windows', name: t('windows') }] : [])]
  const current = tabs.find((one) => one.id === search.get('tab'))?.id ?? tabs[0]?.id
  return (
    <Page title={t('rules')} bar={<div className="ms-row" role="tablist">{tabs.map((one) => <Button key={one.id} role="tab" size="small" type={one.id === current ? 'primary' : 'default'} aria-selected={one.id === current} onClick={() => setSearch({ tab: one.id })}>{one.name}</Button>)}</div>}>
      {current === 'assign' ? <AssignRules open={open} manage={manage} /> : current === 'conditions' ? <Conditions open={open} /> : current === 'templates' ? <Templates open={open} /> : current === 'windows' ? <DeclarationWindows open={open} remove={remove} /> : <Opinions open={open} manage={manage} />}
      {acting ? <RowAct key={acting.name} form={acting.form} draftKey={`rules:${acting.name}`} onClose={() => setActing(null)} /> : null}
    </Page>
  )
}

const New = ({ label, run }: { label: string; run: () => void }): ReactElement => <Button type="primary" size="small" onClick={run}>{label}</Button>
const onOff = (on: boolean): ReactElement => <Tag tone={on ? 'ok' : 'plain'}>{on ? t('rule.on') : t('rule.off')}</Tag>

function useDelete() {
  const refresh = useRefreshHandling()
  return async (title: string, text: string, run: () => Promise<unknown>) => {
    if (!(await confirm({ title, text, verb: t('rule.delete'), danger: true }))) return
    await run().then(() => say(t('done', { act: t('rule.delete') })), (error: unknown) => say(asProblem(error).message, 'over'))
    await refresh()
  }
}

function AssignRules({ open, manage }: { open: Open; manage: boolean }): ReactElement {
  const query = useQueryOf('listAssignRules', {})
  const options = useQueryOf('matterOptions', {}, { staleTime: 300_000 }).data
  const labels = useQueryOf('listLabels', { offered: 'true', limit: 200 }, { staleTime: 300_000 }).data?.items ?? []
  const profiles = useQueryOf('profileOptions', {}, { staleTime: 300_000 }).data?.profiles ?? []
  const remove = useDelete()
  const [trial, setTrial] = useState<Rule | null>(null)
  const edit = (rule: Rule | null) => options && open(rule ? `rule:${rule.id}` : 'rule', ruleForm(rule, { appealTypes: options.appealTypes, urgencies: options.urgencyLevels, labels, profiles }))
  const columns: Column<Rule>[] = [
    { key: 'position', title: t('col.order'), width: 56, render: (row) => row.position }, { key: 'name', title: t('col.name'), width: 180, wide: true, render: (row) => row.name }, { key: 'to', title: t('col.to'), width: 180, render: (row) => row.unitNames.join('、') }, { key: 'enabled', title: t('col.state'), width: 72, render: (row) => onOff(row.enabled) },
    { key: 'hits', title: t('col.hits'), width: 64, align: 'end', render: (row) => row.hits }, { key: 'right', title: t('col.right'), width: 64, align: 'end', render: (row) => row.right }, { key: 'wrong', title: t('col.wrong'), width: 64, align: 'end', render: (row) => (row.wrong > 0 ? <strong style={{ color: 'var(--ms-over)' }}>{row.wrong}</strong> : 0) }, { key: 'failed', title: t('col.failed'), width: 64, align: 'end', render: (row) => row.failed },
    { key: 'changed', title: t('col.changed'), width: 150, render: (row) => <span className="ms-hint">{row.changedByName} {when(row.changedAt)}</span> },
    ...(manage ? [{ key: 'acts', title: '', width: 150, render: (row: Rule) => <div className="ms-row"><button type="button" className="ms-link-button" onClick={() => edit(row)}>{t('rule.edit')}</button><button type="button" className="ms-link-button" onClick={() => setTrial(row)}>{t('rule.trial')}</button><button type="button" className="ms-link-button" onClick={() => void remove(t('rule.deleteAsk', { name: row.name }), t('rule.deleteText'), () => call('deleteAssignRule', { id: row.id }))}>{t('rule.delete')}</button></div> }] : []),
  ]
  return (
    <Section title={t('assignRules')} flush extra={manage ? <New label={t('rule.new')} run={() => edit(null)} /> : null}>
      <QueryView query={query}>{({ items }) => (items.length === 0 ? <Empty kind="done" text={t('rule.none')} hint={t('rule.effect')} /> : <ListTable caption={t('assignRules')} rows={items} rowKey={(row) => row.id} columns={columns} />)}</QueryView>
      {trial ? <Trial rule={trial} onClose={() => setTrial(null)} /> : null}
    </Section>
  )
}

function Opinions({ open, manage }: { open: Open; manage: boolean }): ReactElement {
  const query = useQueryOf('listOpinions', {})
  const options = useQueryOf('matterOptions', {}, { staleTime: 300_000 }).data
  const remove = useDelete()
  const edit = (row: Opinion | null) => open(row ? `opinion:${row.id}` : 'opinion', opinionForm(row, { manage, appealTypes: options?.appealTypes ?? [] }))
  const types = new Map((options?.appealTypes ?? []).map((one) => [one.id, one.name]))
  const columns: Column<Opinion>[] = [
    { key: 'name', title: t('col.name'), width: 140, render: (row) => row.name }, { key: 'text', title: t('col.text'), width: 300, wide: true, render: (row) => row.text }, { key: 'own', title: t('col.own'), width: 96, render: (row) => <Tag tone={row.own ? 'primary' : 'plain'}>{row.own ? t('opinion.own') : t('opinion.library')}</Tag> },
    { key: 'where', title: t('col.type'), width: 160, render: (row) => [row.channel ? (channelNames[row.channel] ?? row.channel) : null, row.appealType ? (types.get(row.appealType) ?? row.appealType) : null, row.unitName].filter(Boolean).join(' · ') || t('rule.clear') },
    { key: 'active', title: t('col.state'), width: 72, render: (row) => onOff(row.active) },
    { key: 'acts', title: '', width: 110, render: (row) => (row.own || manage ? <div className="ms-row"><button type="button" className="ms-link-button" onClick={() => edit(row)}>{t('opinion.edit')}</button><button type="button" className="ms-link-button" onClick={() => void remove(t('opinion.delete', { name: row.name }), '', () => call('deleteOpinion', { id: row.id }))}>{t('rule.delete')}</button></div> : null) },
  ]
  return (
    <Section title={t('opinions')} flush extra={<New label={t('opinion.new')} run={() => edit(null)} />}>
      <QueryView query={query}>{({ items }) => (items.length === 0 ? <Empty kind="done" text={t('none')} hint={opinionHelp} /> : <ListTable caption={t('opinions')} rows={items} rowKey={(row) => row.id} columns={columns} />)}</QueryView>
    </Section>
  )
}

function Conditions({ open }: { open: Open }): ReactElement {
  const query = useQueryOf('listPauseConditions', { all: 'true' })
  const promises = { none: t('condition.promiseNone'), optional: t('condition.promiseOptional'), required: t('condition.promiseRequired') }
  const columns: Column<Condition>[] = [
    { key: 'name', title: t('col.name'), width: 200, wide: true, render: (row) => row.name }, { key: 'days', title: t('col.days'), width: 112, render: (row) => t('days', { n: row.permittedDays }) }, { key: 'evidence', title: t('col.evidence'), width: 88, render: (row) => (row.evidenceRequired ? t('yes') : t('no')) }, { key: 'promise', title: t('condition.promise'), width: 88, render: (row) => promises[row.promise] },
    { key: 'active', title: t('col.state'), width: 72, render: (row) => onOff(row.active) }, { key: 'changed', title: t('col.changed'), width: 160, render: (row) => <span className="ms-hint">{row.changedByName} {when(row.changedAt)}</span> }, { key: 'acts', title: '', width: 64, render: (row) => <button type="button" className="ms-link-button" onClick={() => open(`condition:${row.id}`, conditionForm(row))}>{t('condition.edit')}</button> },
  ]
  return (
    <Section title={t('conditions')} flush extra={<New label={t('condition.new')} run={() => open('condition', conditionForm(null))} />}>
      <QueryView query={query}>{({ items }) => (items.length === 0 ? <Empty kind="done" text={t('none')} hint={t('condition.effect')} /> : <ListTable caption={t('conditions')} rows={items} rowKey={(row) => row.id} columns={columns} />)}</QueryView>
    </Section>
  )
}

function Templates({ open }: { open: Open }): ReactElement {
  const query = useQueryOf('listClosingTemplates', {})
  const options = useQueryOf('matterOptions', {}, { staleTime: 300_000 }).data
  const types = new Map((options?.appealTypes ?? []).map((one) => [one.id, one.name]))
  const edit = (row: Template | null) => open(row ? `template:${row.id}` : 'template', templateForm(row, options?.appealTypes ?? [], categoryLoader('business')))
  const columns: Column<Template>[] = [
    { key: 'name', title: t('col.name'), width: 180, wide: true, render: (row) => row.name }, { key: 'level', title: t('col.level'), width: 72, render: (row) => t(`template.${row.level}`) }, { key: 'type', title: t('col.type'), width: 120, render: (row) => [row.appealType ? (types.get(row.appealType) ?? row.appealType) : null, row.unitName].filter(Boolean).join(' · ') || t('rule.clear') },
    { key: 'parts', title: t('col.parts'), width: 220, render: (row) => row.parts.map((one) => `${one.label}${one.required ? '*' : ''}`).join('、') }, { key: 'active', title: t('col.state'), width: 72, render: (row) => onOff(row.active) }, { key: 'changed', title: t('col.changed'), width: 150, render: (row) => <span className="ms-hint">{row.changedByName} {when(row.changedAt)}</span> },
    { key: 'acts', title: '', width: 64, render: (row) => <button type="button" className="ms-link-button" onClick={() => edit(row)}>{t('template.edit')}</button> },
  ]
  return (
    <Section title={t('templates')} flush extra={<New label={t('template.new')} run={() => edit(null)} />}>
      <QueryView query={query}>{({ items }) => (items.length === 0 ? <Empty kind="done" text={t('none')} hint={layoutHelp} /> : <ListTable caption={t('templates')} rows={items} rowKey={(row) => row.id} columns={columns} />)}</QueryView>
    </Section>
  )
}
