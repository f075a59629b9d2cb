// Which units confirm which knowledge how often, and what happens when they do not.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useMemo, useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { localLoader } from '../../ui/local-loader.ts'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useAct } from '../../ui/use-act.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { textList as list } from './pickers.ts'
import { t } from './texts.zh-CN.ts'

type Policy = OutputOf<'listKnowledgePolicies'>['items'][number]
const days = (text: unknown): number[] => [...String(text ?? '').matchAll(/\d+/g)].map(([n]) => Number(n)).filter((n) => n <= 365).slice(0, 10)

export function PoliciesPart(): ReactElement {
  const policies = useQueryOf('listKnowledgePolicies', {})
  const types = useQueryOf('listKnowledgeTypes', {}, { staleTime: 300_000 })
  const tree = useQueryOf('listKnowledgeDirectories', {}, { staleTime: 60_000 })
  const directories = useMemo(() => localLoader(`knowledge-policy:${tree.data?.items.length ?? 0}`, tree.data?.items ?? []), [tree.data])
  const [editing, setEditing] = useState<Policy | 'new' | null>(null)
  const send = useAct('listKnowledgePolicies', 'listKnowledgeConfirmations')
  const old = editing === 'new' || editing === null ? null : editing
  return (
    <Section title={t('confirm.policies')} flush extra={<Button size="small" type="primary" onClick={() => setEditing('new')}>{t('add')}</Button>}>
      <QueryView query={policies}>{(data) => (data.items.length === 0 ? <Empty kind="done" text={t('noPolicies')} hint={t('noPoliciesHint')} /> : (
        <table className="ms-plain-table"><thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('scope')}</th><th scope="col">{t('period2')}</th><th scope="col" className="ms-num">{t('coveredN')}</th><th scope="col" className="ms-num">{t('toConfirm')}</th><th scope="col" className="ms-num">{t('overdue')}</th><th scope="col" /></tr></thead>
          <tbody>{data.items.map((one) => (
            <tr key={one.id}><td>{one.name} {one.enabled ? null : <Tag tone="calm">{t('disabled')}</Tag>}</td><td>{[...one.directoryNames, ...one.typeNames, ...one.unitNames].join('、') || t('all')}</td><td>{t('everyDays', { n: one.periodDays, m: one.deadlineDays })}{one.suspends ? ` · ${t('suspendsShort')}` : ''}</td><td className="ms-num">{one.items}</td><td className="ms-num">{one.open}</td><td className="ms-num">{one.overdue > 0 ? <Tag tone="over">{one.overdue}</Tag> : 0}</td><td><button type="button" className="ms-link-button" onClick={() => setEditing(one)}>{t('change')}</button></td></tr>
          ))}</tbody></table>
      ))}</QueryView>
      {editing ? <ActDrawer open onClose={() => setEditing(null)} title={old ? t('change') : t('add')} sub={t('policy')} submitLabel={t('savePolicy')} loaders={{ ...orderLoaders, matter: directories }}
        initial={old ? { name: old.name, enabled: old.enabled, directoryIds: old.directoryIds, typeCodes: old.typeCodes, unitIds: old.unitIds, periodDays: old.periodDays, deadlineDays: old.deadlineDays, reminders: old.reminderDays.join('、'), suspends: old.suspends } : { enabled: true, periodDays: 180, deadlineDays: 15, reminders: '7、1', suspends: false }}
        schema={{ type: 'object', required: ['name', 'periodDays', 'deadlineDays'], properties: {
          name: { type: 'string', title: t('name'), maxLength: 60 }, directoryIds: { type: 'array', format: 'matter', title: t('directories'), description: t('emptyAll') }, typeCodes: { type: 'array', title: t('types'), description: t('emptyAll'), items: { type: 'string', oneOf: (types.data?.items ?? []).map((one) => ({ const: one.code, title: one.name })) } }, unitIds: { type: 'array', format: 'unit', title: t('owner'), description: t('emptyAll') },
          periodDays: { type: 'integer', title: t('periodDays'), minimum: 1, maximum: 3650 }, deadlineDays: { type: 'integer', title: t('deadlineDays'), minimum: 0, maximum: 365 }, reminders: { type: 'string', title: t('reminders'), description: t('remindersHelp'), maxLength: 60 }, suspends: { type: 'boolean', title: t('suspends') }, enabled: { type: 'boolean', title: t('enabled') },
        } }}
        submit={async (values) => {
          await send('saveKnowledgePolicy', { ...(old ? { id: old.id, version: old.version } : {}), name: String(values.name), enabled: values.enabled === true, directoryIds: list(values.directoryIds), typeCodes: list(values.typeCodes), unitIds: list(values.unitIds), periodDays: Number(values.periodDays), deadlineDays: Number(values.deadlineDays), reminderDays: days(values.reminders), suspends: values.suspends === true })
          say(t('saved'))
        }} /> : null}
    </Section>
  )
}
