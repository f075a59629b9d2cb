// Rules that put labels: list, edit with a trial on past orders, what each has labelled (ORD-12).
import { Button, Drawer, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { useCommand, useQueryOf } from '../../api/queries.ts'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { describe, readTree } from '../query/tree.ts'
import { RuleDrawer } from './RuleDrawer.tsx'
import { t } from './texts.zh-CN.ts'
import '../sets/sets.css'

export type Rule = OutputOf<'listLabelRules'>['items'][number]

export default function RulesPage(): ReactElement {
  const rules = useQueryOf('listLabelRules', {})
  const known = useQueryOf('orderQueryFields', {}, { staleTime: 600_000 })
  const [editing, setEditing] = useState<Rule | 'new' | null>(null)
  const [shown, setShown] = useState<Rule | null>(null)
  const change = useCommand('changeLabelRule', { invalidates: ['listLabelRules'] })
  const fields = known.data?.fields ?? []
  return (
    <Page title={t('rules')} sub={t('ruleHint')} acts={<Button type="primary" onClick={() => setEditing('new')}>{t('newRule')}</Button>}>
      <QueryView query={rules}>
        {({ items, triggers }) => (
          <Section flush>
            {items.length === 0 ? <Empty kind="done" text={t('noRules')} hint={t('noRulesHint')} /> : (
              <table className="ms-plain-table">
                <caption className="ms-hidden">{t('rules')}</caption>
                <thead><tr>{(['name', 'label', 'triggers', 'condition', 'weight', 'added', 'enabled', 'acts'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}</tr></thead>
                <tbody>
                  {items.map((one) => (
                    <tr key={one.id}>
                      <td title={one.name}>{one.name}</td><td>{one.labelName}</td><td title={one.triggers.join('、')}>{one.triggers.map((code) => triggers.find((trigger) => trigger.value === code)?.label ?? code).join('、')}</td>
                      <td title={describe(readTree(JSON.stringify(one.condition)), fields)}>{describe(readTree(JSON.stringify(one.condition)), fields) || '–'}</td><td>{one.weight}</td>
                      <td>{one.added > 0 ? <button type="button" className="ms-link-button" onClick={() => setShown(one)}>{one.added}</button> : '–'}</td>
                      <td><Switch size="small" checked={one.enabled} aria-label={t('enabled')} onChange={(enabled) => void change.mutateAsync({ id: one.id, enabled, version: one.version }).catch((error: Error) => say(error.message, 'over'))} /></td>
                      <td><Button size="small" type="link" onClick={() => setEditing(one)}>{t('edit')}</Button></td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            {editing ? <RuleDrawer key={editing === 'new' ? 'new' : editing.id} rule={editing === 'new' ? null : editing} triggers={triggers} fields={fields} onClose={() => setEditing(null)} /> : null}
          </Section>
        )}
      </QueryView>
      {shown ? <Drawer open size={640} title={`${t('hits')} · ${shown.name}`} onClose={() => setShown(null)}><Hits rule={shown} /></Drawer> : null}
    </Page>
  )
}

function Hits({ rule }: { rule: Rule }): ReactElement {
  const hits = useQueryOf('labelRuleHits', { id: rule.id, limit: 100 })
  return (
    <QueryView query={hits}>
      {({ items }) => (items.length === 0 ? <Empty kind="done" text={t('noHits')} /> : (
        <ul className="ms-plain-list">{items.map((one) => <li key={one.id}><Link className="ms-code" to={`/orders/${one.number}`}>{one.number}</Link> {one.title} <span className="ms-hint"><Time iso={one.at} />{one.removedAt ? ` · ${t('removed')}` : ''}</span></li>)}</ul>
      ))}
    </QueryView>
  )
}
