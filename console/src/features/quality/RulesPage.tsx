// Rules by group: what each looks for and takes away; edited as the next version, tried on the past before.
import { Button, DatePicker, Drawer, Input, InputNumber, Select } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import { useQueryOf } from '../../api/queries.ts'
import { useSession } from '../../app/session.tsx'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section, Time } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { fromPicker, stopwatch, when } from '../../ui/time.ts'
import { useAct } from '../../ui/use-act.ts'
import { kinds } from './columns.tsx'
import { conditionFields, definitionOf, valuesOf } from './condition-form.ts'
import { t } from './texts.zh-CN.ts'
import './quality.css'

type Rule = OutputOf<'listQualityRules'>['items'][number]
const severities = [{ const: 'light', title: t('light') }, { const: 'serious', title: t('serious') }, { const: 'fatal', title: t('fatalOne') }]

export default function RulesPage(): ReactElement {
  const { can } = useSession()
  const rules = useQueryOf('listQualityRules', {})
  const [kind, setKind] = useState<string>('all')
  const [editing, setEditing] = useState<Rule | 'new' | null>(null)
  const [issuing, setIssuing] = useState<{ group: string; enabled: boolean } | null>(null)
  const [past, setPast] = useState<Rule | null>(null)
  const send = useAct('listQualityRules')
  const manage = can('quality.manage')
  return (
    <Page title={t('rules')} sub={t('ruleHint')} acts={<><Select value={kind} style={{ inlineSize: 130 }} aria-label={t('object')} onChange={setKind} options={[{ value: 'all', label: t('object') }, ...kinds]} />{can('platform.manageWords') ? <Link to="/admin/words?kind=quality"><Button>{t('toWords')}</Button></Link> : null}{manage ? <Button type="primary" onClick={() => setEditing('new')}>{t('newRule')}</Button> : null}</>}>
      <QueryView query={rules}>
        {(data) => data.groups.map((group) => ({ group, items: data.items.filter((one) => one.group === group && (kind === 'all' || one.kind === kind)) })).filter(({ items }) => items.length > 0).map(({ group, items }) => (
          <Section key={group} flush title={`${group}（${items.length}）`} extra={manage ? <span className="ms-row"><Button size="small" onClick={() => setIssuing({ group, enabled: true })}>{t('issue')}</Button><Button size="small" onClick={() => setIssuing({ group, enabled: false })}>{t('issueOff')}</Button></span> : null}>
            <table className="ms-plain-table">
              <caption className="ms-hidden">{group}</caption>
              <thead><tr>{(['ruleName', 'object', 'condition', 'standard', 'points', 'severity', 'live', 'versions'] as const).map((key) => <th key={key} scope="col">{t(key)}</th>)}<th /></tr></thead>
              <tbody>{items.map((rule) => (
                <tr key={rule.id}>
                  <td>{rule.name}</td><td>{rule.kindName}</td><td>{rule.conditionName}</td><td className="ms-muted">{rule.definition.standard}</td><td>{rule.definition.points}</td><td><Tag tone={rule.definition.severity === 'light' ? 'near' : 'over'}>{rule.severityName}</Tag></td>
                  <td><Tag tone={rule.live?.enabled ? 'ok' : 'calm'}>{rule.live ? (rule.live.enabled ? t('enabled') : t('disabled')) : t('notYet')}</Tag>{rule.live && rule.live.number !== rule.number && rule.effectiveFrom ? <span className="ms-hint"> {when(rule.effectiveFrom)} → {rule.enabled ? t('enabled') : t('disabled')}</span> : null}</td>
                  <td><Button size="small" type="link" onClick={() => setPast(rule)}>{t('version', { n: rule.number })}</Button></td><td>{manage ? <Button size="small" onClick={() => setEditing(rule)}>{t('edit')}</Button> : null}</td>
                </tr>
              ))}</tbody>
            </table>
          </Section>
        ))}
      </QueryView>
      {editing && rules.data ? <RuleDrawer key={editing === 'new' ? 'new' : editing.id} rule={editing === 'new' ? null : editing} kinds={rules.data.kinds} groups={rules.data.groups} onClose={() => setEditing(null)} /> : null}
      {past ? <Drawer open size={720} title={`${past.name} · ${t('versions')}`} onClose={() => setPast(null)}><Versions rule={past} /></Drawer> : null}
      {issuing ? <ActDrawer open onClose={() => setIssuing(null)} title={issuing.enabled ? t('issue') : t('issueOff')} sub={issuing.group} submitLabel={issuing.enabled ? t('issue') : t('issueOff')} schema={{ type: 'object', required: ['reason'], properties: { effectiveFrom: { type: 'string', format: 'date-time', title: t('effectiveFrom') }, reason: { type: 'string', format: 'textarea', title: t('changeReason'), maxLength: 200 } } }} submit={async (values) => { const done = await send('issueQualityRuleGroup', { ...issuing, reason: values.reason, effectiveFrom: values.effectiveFrom || null }); say(t('issued', { n: done.rules })) }} onDone={() => setIssuing(null)} /> : null}
    </Page>
  )
}

function RuleDrawer({ rule, kinds: conditionKinds, groups, onClose }: { rule: Rule | null; kinds: { value: string; label: string }[]; groups: string[]; onClose: () => void }): ReactElement {
  const send = useAct('listQualityRules')
  const sheets = useQueryOf('listQualitySheets', {}, { staleTime: 60_000 })
  const items = new Map((sheets.data?.items ?? []).flatMap((sheet) => sheet.definition.groups.flatMap((group) => group.items.map((item) => [item.code, `${group.name} · ${item.name}`] as const))))
  const schema: FormSchema = {
    type: 'object', required: ['name', 'group', 'object', 'kind', 'item', 'severity'],
    properties: {
      name: { type: 'string', title: t('ruleName'), maxLength: 60, 'x-half': true }, group: { type: 'string', title: t('group'), maxLength: 40, 'x-half': true, 'x-phrases': groups }, object: { type: 'string', title: t('object'), oneOf: kinds.map((one) => ({ const: one.value, title: one.label })), 'x-half': true }, ...conditionFields(conditionKinds),
      item: { type: 'string', title: t('item'), oneOf: [...items].map(([value, title]) => ({ const: value, title })), 'x-half': true }, points: { type: 'integer', title: t('points'), minimum: 0, maximum: 100, 'x-half': true }, severity: { type: 'string', title: t('severity'), oneOf: severities, 'x-half': true },
      standard: { type: 'string', format: 'textarea', title: t('standard'), maxLength: 300 }, enabled: { type: 'boolean', title: t('enabled') }, reason: { type: 'string', title: t('changeReason'), maxLength: 200 },
    },
  }
  const [from, setFrom] = useState<string | null>(null)
  if (!sheets.data) return <></>
  return (
    <ActDrawer open onClose={onClose} title={rule ? t('editRule') : t('newRule')} {...(rule ? { sub: t('version', { n: rule.number + 1 }) } : {})} schema={schema} initial={rule ? { name: rule.name, group: rule.group, object: rule.kind, enabled: rule.enabled, ...valuesOf(rule.definition) } : { group: groups[0] ?? '', object: 'call', kind: 'forbidden', speaker: 'agent', severity: 'light', points: 2, enabled: true }} submitLabel={t('issueVersion')}
      submit={async (values) => { const done = await send('saveQualityRule', { id: rule?.id ?? null, number: rule?.number ?? 0, name: values.name, group: values.group, kind: values.object, enabled: values.enabled === true, definition: definitionOf(values), effectiveFrom: from, reason: values.reason ?? '' }); say(t('ruleSaved', { n: done.number })) }} onDone={onClose}
      side={({ value }) => <div className="ms-stack"><label>{t('effectiveFrom')}<DatePicker showTime={{ format: 'HH:mm' }} onChange={(at) => setFrom(fromPicker(at))} style={{ inlineSize: '100%' }} /></label><Trial values={value} /></div>} />
  )
}

function Trial({ values }: { values: FormValue }): ReactElement {
  const send = useAct()
  const [days, setDays] = useState(30)
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [found, setFound] = useState<OutputOf<'tryQualityRule'> | string | null>(null)
  const run = () => { setBusy(true); void send('tryQualityRule', { kind: values.object, definition: definitionOf(values), days, ...(text.trim() ? { text } : {}) }).then(setFound, (error: unknown) => setFound(asProblem(error).message)).finally(() => setBusy(false)) }
  return (
    <div className="ms-stack" aria-label={t('tryIt')}>
      <label>{t('tryDays')} <InputNumber min={1} max={90} value={days} onChange={(next) => setDays(next ?? 30)} style={{ inlineSize: 80 }} /></label>
      <Input.TextArea value={text} rows={3} maxLength={5000} placeholder={t('tryText')} aria-label={t('tryText')} onChange={(event) => setText(event.target.value)} />
      <Button loading={busy} onClick={run}>{t('tryIt')}</Button>
      {typeof found === 'string' ? <p className="ms-quality-over">{found}</p> : found ? (
        <>
          <strong>{t('tried', { n: found.examined, objects: found.objects, hits: found.hits, points: found.points })}</strong>{found.unchecked > 0 ? <span className="ms-hint">{t('triedUnchecked', { n: found.unchecked })}</span> : null}
          {found.sample.length === 0 ? <span className="ms-hint">{t('noHitsTried')}</span> : found.sample.slice(0, 12).map((one, index) => <div key={index} className="ms-desk-quote"><span className="ms-hint">{one.label}{one.atMs === null ? '' : ` ▸${stopwatch(one.atMs)}`}</span><p>{one.quote}</p><span>{one.note}</span></div>)}
        </>
      ) : null}
    </div>
  )
}

/** Each version beside the one before, field by field. */
function Versions({ rule }: { rule: Rule }): ReactElement {
  return (
    <div className="ms-stack">
      {rule.versions.map((version, index) => {
        const before = rule.versions[index + 1]
        const flat = (one: Rule['versions'][number] | undefined): Record<string, unknown> => (one ? { [t('ruleName')]: one.name, [t('group')]: one.group, [t('enabled')]: one.enabled ? t('yes') : t('no'), [t('item')]: one.definition.item, [t('points')]: one.definition.points, [t('severity')]: severities.find((s) => s.const === one.definition.severity)?.title, [t('standard')]: one.definition.standard, [t('condition')]: JSON.stringify(one.definition.condition, null, 1) } : {})
        const [now, old] = [flat(version), flat(before)]
        const differs = Object.keys(now).filter((key) => before && now[key] !== old[key])
        return (
          <Section key={version.number} title={<span className="ms-row">{t('version', { n: version.number })}{version.at ? <Time iso={version.at} /> : <Tag>{t('shipped')}</Tag>}<span className="ms-muted">{version.byName}{version.reason ? `：${version.reason}` : ''}</span></span>} {...(version.effectiveFrom ? { extra: <span className="ms-hint">{t('effectiveFrom').slice(0, 4)} {when(version.effectiveFrom)}</span> } : {})}>
            {!before ? <pre className="ms-desk-text">{String(now[t('condition')])}</pre> : differs.length === 0 ? <span className="ms-hint">{t('noChange')}</span> : <table className="ms-plain-table"><thead><tr><th /><th scope="col">{t('old')}</th><th scope="col">{t('fresh')}</th></tr></thead><tbody>{differs.map((key) => <tr key={key}><th scope="row">{key}</th><td><pre className="ms-desk-text">{String(old[key])}</pre></td><td><pre className="ms-desk-text">{String(now[key])}</pre></td></tr>)}</tbody></table>}
          </Section>
        )
      })}
    </div>
  )
}
