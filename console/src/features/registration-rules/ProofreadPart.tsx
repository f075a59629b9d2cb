// Rules of proofreading: shipped ones are switched, own ones are written, tried on past orders, then switched on.
import { Button, Switch } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import type { OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { confirm } from '../../ui/confirm.tsx'
import { Empty, QueryView } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { Section } from '../../ui/Page.tsx'
import { when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { ProofreadDrawer } from './ProofreadDrawer.tsx'
import { t } from './texts.zh-CN.ts'

export type Rules = OutputOf<'listProofreadRules'>
export type OwnRule = Rules['own'][number]
const failed = (error: Error): void => say(error.message, 'over')

/** A rule as a sentence: when it speaks and what it wants. */
export function sentence(rule: OwnRule, rules: Rules): string {
  const { definition: d } = rule
  const field = rules.fields.find((one) => one.value === d.field)
  const types = d.appealTypes.map((type) => rules.fields.find((one) => one.value === 'appealType')?.choices.find((c) => c.value === type)?.label ?? type)
  const whenWords = [types.join('、'), d.words.length > 0 ? `提到“${d.words.join('、')}”` : '', d.without.length > 0 ? `不含“${d.without.join('、')}”` : ''].filter(Boolean).join('，')
  const value = field?.choices.find((c) => c.value === d.value)?.label ?? d.value
  return t('rule', { when: whenWords, field: field?.label ?? d.field, test: `${t(`test.${d.test}`)}${value ? `“${value}”` : ''}` })
}

export function ProofreadPart(): ReactElement {
  const query = useQueryOf('listProofreadRules', {})
  const [editing, setEditing] = useState<OwnRule | 'new' | null>(null)
  const send = useAct('listProofreadRules')
  const use = (one: { shown: number; accepted: number; rejected: number }) => <><td className="ms-num">{one.shown || '–'}</td><td className="ms-num">{one.accepted || '–'}</td><td className="ms-num">{one.rejected || '–'}</td></>
  const head = (first: 'hint' | 'message') => <thead><tr><th scope="col" style={{ inlineSize: 190 }}>{t('name')}</th><th scope="col">{first === 'hint' ? t('hint') : t('ruleField')}</th><th scope="col" className="ms-num" style={{ inlineSize: 104 }}>{t('shown')}</th><th scope="col" className="ms-num" style={{ inlineSize: 64 }}>{t('accepted')}</th><th scope="col" className="ms-num" style={{ inlineSize: 80 }}>{t('rejected')}</th>{first === 'message' ? <th scope="col" style={{ inlineSize: 210 }}>{t('tried')}</th> : null}<th scope="col" style={{ inlineSize: 72 }}>{t('enabled')}</th>{first === 'message' ? <th scope="col" style={{ inlineSize: 120 }}>{t('acts')}</th> : null}</tr></thead>
  const remove = async (rule: OwnRule) => {
    if (await confirm({ title: t('removeSure', { name: rule.name }), text: t('removeText'), verb: t('remove'), danger: true })) await send('removeProofreadRule', { id: rule.id }).catch(failed)
  }
  return (
    <QueryView query={query}>
      {(rules) => (
        <div className="ms-stack">
          <Section title={t('own')} flush extra={<Button size="small" type="primary" onClick={() => setEditing('new')}>{t('newRule')}</Button>}>
            {rules.own.length === 0 ? <Empty kind="done" text={t('noOwn')} hint={t('noOwnHint')} /> : (
              <table className="ms-plain-table">
                <caption className="ms-hidden">{t('own')}</caption>{head('message')}
                <tbody>
                  {rules.own.map((rule) => (
                    <tr key={rule.id}>
                      <th scope="row" title={rule.name}>{rule.name}</th><td title={sentence(rule, rules)}>{sentence(rule, rules)}</td>{use(rule)}
                      <td className="ms-hint">{rule.triedAt ? t('triedAt', { time: when(rule.triedAt), share: rule.triedShare ?? 0 }) : t('untried')}</td>
                      <td><Switch size="small" checked={rule.enabled} disabled={!rule.enabled && rule.triedAt === null} aria-label={`${t('enabled')} ${rule.name}`} onChange={(enabled) => void send('changeProofreadRule', { id: rule.id, enabled, version: rule.version }).catch(failed)} /></td>
                      <td><Button size="small" type="link" onClick={() => setEditing(rule)}>{t('edit')}</Button><Button size="small" type="link" danger onClick={() => void remove(rule)}>{t('remove')}</Button></td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Section>
          <Section title={t('shipped')} flush>
            <table className="ms-plain-table">
              <caption className="ms-hidden">{t('shipped')}</caption>{head('hint')}
              <tbody>
                {rules.shipped.map((rule) => (
                  <tr key={rule.code}>
                    <th scope="row">{rule.name}</th><td title={rule.hint}>{rule.hint}</td>{use(rule)}
                    <td><Switch size="small" checked={rule.enabled} aria-label={`${t('enabled')} ${rule.name}`} onChange={(enabled) => void send('switchProofreadRule', { code: rule.code, enabled }).catch(failed)} /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Section>
          {editing ? <ProofreadDrawer key={editing === 'new' ? 'new' : editing.id} rule={editing === 'new' ? null : editing} rules={rules} onClose={() => setEditing(null)} /> : null}
        </div>
      )}
    </QueryView>
  )
}
