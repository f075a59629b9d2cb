// 环节与办理规则: the nodes of the order process with what may be done there, and the rules that narrow it (ORD-68).
import { Button, Segmented, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { ListTable } from '../../ui/ListTable.tsx'
import type { Column } from '../../ui/list-types.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { describe, readTree } from '../query/tree.ts'
import { NodeRuleDrawer } from './NodeRuleDrawer.tsx'
import { t } from './texts.zh-CN.ts'

type Lists = OutputOf<'listNodeRules'>
export type NodeRule = Lists['items'][number]

export default function NodeRulesPage(): ReactElement {
  const query = useQueryOf('listNodeRules', {})
  const known = useQueryOf('orderQueryFields', {}, { staleTime: 600_000 })
  const [search, setSearch] = useSearchParams()
  const [editing, setEditing] = useState<NodeRule | 'new' | null>(null)
  const send = useAct('listNodeRules')
  const fields = known.data?.fields ?? []
  const node = search.get('node') ?? 'all'
  const turn = (rule: NodeRule, enabled: boolean) => void send('changeNodeRule', { id: rule.id, name: rule.name, node: rule.node, enabled, definition: rule.definition, version: rule.version }).then(() => say(enabled ? t('turnedOn') : t('turnedOff'))).catch((error: Error) => say(error.message, 'over'))
  const effect = ({ definition: d }: NodeRule, lists: Lists): string => [
    ...(d.forbid.length ? [t('effect.forbid', { acts: d.forbid.map((act) => lists.nodes.flatMap((n) => n.acts).find((a) => a.value === act)?.label ?? act).join('、') })] : []),
    ...(d.demand.length ? [t('effect.demand', { fields: d.demand.map((key) => lists.demands.find((one) => one.value === key)?.label ?? key).join('、') })] : []),
    ...(d.exit ? [t('effect.exit', { words: describe(readTree(JSON.stringify(d.exit)), fields) })] : []), ...(d.permission ? [t('effect.permission', { name: lists.permissions.find((one) => one.value === d.permission)?.label ?? d.permission })] : []),
    ...(d.limit ? [t('effect.limit', { limit: `${d.limit.amount} ${t(`time.${d.limit.unit}`)}` })] : []), ...d.push.map((one) => t('effect.push', { after: lists.pushAfter.find((p) => p.value === one.after)?.label ?? one.after, to: lists.pushTo.find((p) => p.value === one.to)?.label ?? one.to })),
  ].join('；')
  const columns = (lists: Lists): Column<NodeRule>[] => [
    { key: 'node', title: t('node'), width: 88, render: (row) => row.nodeName },
    { key: 'name', title: t('name'), width: 220, render: (row) => <span className="ms-row ms-nowrap"><button type="button" className="ms-link-button" onClick={() => setEditing(row)}>{row.name}</button>{row.shipped ? <Tag>{t('shipped')}</Tag> : null}</span> },
    { key: 'when', title: t('when'), width: 200, text: (row) => (row.definition.when ? describe(readTree(JSON.stringify(row.definition.when)), fields) : t('everyOrder')), render: (row) => (row.definition.when ? describe(readTree(JSON.stringify(row.definition.when)), fields) : t('everyOrder')) },
    { key: 'effect', title: t('effect'), width: 300, wide: true, text: (row) => effect(row, lists), render: (row) => effect(row, lists) || '–' },
    { key: 'version', title: t('version'), width: 64, align: 'end', render: (row) => `v${row.version}` },
    { key: 'changed', title: t('changed'), width: 160, render: (row) => <span className="ms-hint">{row.changedByName} {when(row.changedAt)}</span> },
    { key: 'on', title: t('on'), width: 72, render: (row) => <Switch size="small" checked={row.enabled} aria-label={`${t('on')} ${row.name}`} onChange={(next) => turn(row, next)} /> },
  ]
  return (
    <Page title={t('nodeRules')} sub={t('nodeRulesHint')} acts={<Button type="primary" disabled={!query.data} onClick={() => setEditing('new')}>{t('newRule')}</Button>}>
      <QueryView query={query}>
        {(lists) => {
          const rows = lists.items.filter((one) => node === 'all' || one.node === node)
          const shown = lists.nodes.find((one) => one.value === node)
          return (
            <div className="ms-stack">
              <div><Segmented value={node} aria-label={t('node')} onChange={(next) => setSearch(next === 'all' ? {} : { node: String(next) }, { replace: true })} options={[{ value: 'all', label: t('allNodes') }, ...lists.nodes.map((one) => ({ value: one.value, label: one.rules > 0 ? `${one.label} ${one.rules}` : one.label }))]} /></div>
              {shown ? <Section title={t('processOf', { node: shown.label })}><div className="ms-row ms-wrap">{shown.acts.map((act) => <Tag key={act.value} tone={act.onward ? 'primary' : 'plain'}>{act.label}{act.to ? ` → ${act.to}` : ''}</Tag>)}</div></Section> : null}
              <Section flush>{rows.length === 0 ? <Empty kind="filter" text={t('noRules')} hint={t('noRulesHint')} /> : <ListTable caption={t('nodeRules')} rows={rows} rowKey={(row) => row.id} columns={columns(lists)} onOpen={(row) => setEditing(row)} />}</Section>
              {editing ? <NodeRuleDrawer key={editing === 'new' ? 'new' : `${editing.id}:${editing.version}`} rule={editing === 'new' ? null : editing} lists={lists} fields={fields} node={shown?.value} onClose={() => setEditing(null)} /> : null}
            </div>
          )
        }}
      </QueryView>
    </Page>
  )
}
