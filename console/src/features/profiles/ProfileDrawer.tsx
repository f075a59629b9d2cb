// One definition: conditions, own fields by stage, queue, routes, limits, closing. Each part is data; saving makes a version.
import { Button, Checkbox, Drawer, Input, InputNumber, Select, Switch } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { call } from '../../api/call.ts'
import type { OutputOf } from '../../api/call.ts'
import { asProblem } from '../../api/problem.ts'
import type { Problem } from '../../api/problem.ts'
import { ProblemLine } from '../../ui/Empty.tsx'
import { say } from '../../ui/notices.ts'
import { cappedCount } from '../../ui/numbers.ts'
import type { QueryField } from '../query/tree.ts'
import { isComplete, readTree } from '../query/tree.ts'
import { useAct } from '../../ui/use-act.ts'
import { Limits, Routes, Variants } from './ProfileParts.tsx'
import type { Definition } from './ProfileParts.tsx'
import type { Profile } from './ProfilesPage.tsx'
import { When } from './When.tsx'
import { t } from './texts.zh-CN.ts'
import './profiles.css'

type Props = { profile: Profile | null; fields: readonly QueryField[]; stages: { value: string; label: string }[]; queues: { code: string; name: string }[]; onClose: () => void }

const blank: Definition = { match: null, byHand: true, fields: {}, queue: null, skipReview: false, routes: [], limits: [], variants: [], closing: { reviewValues: false, basis: false, evidence: false }, notice: null, ratingItems: [], callback: { owed: false, bySeat: false, script: [] } }
const trees = (d: Definition): (Record<string, unknown> | null)[] => [d.match, ...d.routes.map((r) => r.when), ...d.limits.map((l) => l.when)]

export function ProfileDrawer({ profile, fields, stages, queues, onClose }: Props): ReactElement {
  const [head, setHead] = useState({ code: profile?.code ?? '', name: profile?.name ?? '', position: profile?.position ?? 100, enabled: profile?.enabled ?? false })
  const [def, setDef] = useState<Definition>(profile?.definition ?? blank)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)
  const [trial, setTrial] = useState<OutputOf<'tryProfile'> | null>(null)
  const send = useAct('listProfiles', 'profileOptions', 'orderQueryFields')
  const put = (change: Partial<Definition>) => setDef({ ...def, ...change })
  const unfinished = trees(def).some((one) => one !== null && !isComplete(readTree(JSON.stringify(one)))) || head.name.trim() === '' || (!profile && !/^[a-z][A-Za-z0-9]{1,39}$/.test(head.code))
  const save = async () => {
    setBusy(true)
    setProblem(null)
    const script = def.callback.script.map((line) => line.trim()).filter(Boolean)
    const body = { name: head.name.trim(), position: head.position, enabled: head.enabled, definition: { ...def, callback: { ...def.callback, script } } }
    try {
      await (profile ? send('changeProfile', { id: profile.id, version: profile.version, ...body }) : send('createProfile', { code: head.code, ...body }))
      say(t('saved'))
      onClose()
    } catch (error) {
      setProblem(asProblem(error))
    }
    setBusy(false)
  }
  const test = () => { if (def.match) void call('tryProfile', { match: def.match as Record<string, never>, days: 30 }).then(setTrial).catch((error: Error) => say(error.message, 'over')) }
  return (
    <Drawer open onClose={onClose} size={880} title={profile ? `${profile.name} v${profile.version}` : t('newProfile')} destroyOnHidden
      footer={<div className="ms-row">{problem ? <ProblemLine problem={problem} /> : null}<span className="ms-grow" />{unfinished ? <span className="ms-hint" role="status">{t('unfinished')}</span> : null}<Button onClick={onClose}>{t('close')}</Button><Button type="primary" disabled={unfinished} loading={busy} onClick={() => void save()}>{t('save')}</Button></div>}>
      <div className="ms-stack ms-profile">
        <div className="ms-row ms-wrap">
          {profile ? <Labelled label={t('code')}><bdi className="ms-code">{profile.code}</bdi></Labelled> : <Labelled label={t('code')}><Input value={head.code} maxLength={40} placeholder="oldTree" aria-label={t('code')} onChange={(e) => setHead({ ...head, code: e.target.value })} /></Labelled>}
          <Labelled label={t('name')}><Input value={head.name} maxLength={60} aria-label={t('name')} onChange={(e) => setHead({ ...head, name: e.target.value })} /></Labelled>
          <Labelled label={t('position')}><InputNumber min={0} max={9999} value={head.position} aria-label={t('position')} onChange={(next) => setHead({ ...head, position: next ?? 100 })} /></Labelled>
          <Labelled label={t('queue')}><Select allowClear style={{ inlineSize: 180 }} aria-label={t('queue')} placeholder={t('generalQueue')} value={def.queue ?? undefined} options={queues.map((q) => ({ value: q.code, label: q.name }))} onChange={(next) => put({ queue: next ?? null })} /></Labelled>
          <Labelled label={t('on')}><Switch checked={head.enabled} aria-label={t('on')} onChange={(enabled) => setHead({ ...head, enabled })} /></Labelled>
        </div>
        <Group title={t('match')} hint={t('matchHint')}>
          <When label={t('match')} fields={fields} value={def.match} none={t('onlyByHand')} onChange={(match) => { put({ match }); setTrial(null) }} />
          <div className="ms-row"><Checkbox checked={def.byHand} onChange={(e) => put({ byHand: e.target.checked })}>{t('byHand')}</Checkbox><Checkbox checked={def.skipReview} onChange={(e) => put({ skipReview: e.target.checked })}>{t('skipReview')}</Checkbox><Button size="small" disabled={def.match === null || !isComplete(readTree(JSON.stringify(def.match)))} onClick={test}>{t('trial')}</Button>{trial ? <span role="status" className="ms-hint">{t('trialFound', { count: cappedCount(trial.count) })}{trial.sample.slice(0, 3).map((one) => ` · ${one.title}`).join('')}</span> : null}</div>
        </Group>
        <Group title={t('ownFields')} hint={t('ownFieldsHint')}>
          {profile?.form ? <FieldStages fields={profile.form.fields} stages={stages} value={def.fields} onChange={(next) => put({ fields: next })} /> : <p className="ms-hint">{profile ? t('noForm', { code: profile.code }) : t('formLater')} <Link to="/admin/forms">{t('toForms')}</Link></p>}
        </Group>
        <Routes value={def.routes} fields={fields} onChange={(routes) => put({ routes })} />
        <Limits value={def.limits} fields={fields} onChange={(limits) => put({ limits })} />
        <Variants value={def.variants} keys={profile?.form?.fields ?? []} onChange={(variants) => put({ variants })} />
        <Group title={t('closing')}>
          <div className="ms-row ms-wrap">{(['reviewValues', 'basis', 'evidence'] as const).map((key) => <Checkbox key={key} checked={def.closing[key]} onChange={(e) => put({ closing: { ...def.closing, [key]: e.target.checked } })}>{t(`closing.${key}`)}</Checkbox>)}</div>
        </Group>
        <Group title={t('result')} hint={t('resultHint')}>
          <Labelled label={t('notice')}><Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={200} value={def.notice ?? ''} aria-label={t('notice')} placeholder={t('noticeHelp')} onChange={(e) => put({ notice: e.target.value || null })} /></Labelled>
          <Labelled label={t('ratingItems')}><Select mode="tags" open={false} suffixIcon={null} maxCount={10} aria-label={t('ratingItems')} placeholder={t('ratingItemsHelp')} value={def.ratingItems} onChange={(next: string[]) => put({ ratingItems: next.map((one) => one.trim().slice(0, 60)).filter(Boolean) })} /></Labelled>
          <div className="ms-row ms-wrap">
            <Checkbox checked={def.callback.owed} onChange={(e) => put({ callback: { ...def.callback, owed: e.target.checked } })}>{t('callback.owed')}</Checkbox>
            <Checkbox disabled={def.queue === null} checked={def.queue !== null && def.callback.bySeat} onChange={(e) => put({ callback: { ...def.callback, bySeat: e.target.checked } })}>{t('callback.bySeat')}</Checkbox>
          </div>
          <Labelled label={t('callback.script')}><Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} value={def.callback.script.join('\n')} aria-label={t('callback.script')} placeholder={t('callback.scriptHelp')} onChange={(e) => put({ callback: { ...def.callback, script: e.target.value.split('\n') } })} /></Labelled>
        </Group>
      </div>
    </Drawer>
  )
}

export function Group({ title, hint, extra, children }: { title: string; hint?: string; extra?: ReactNode; children: ReactNode }): ReactElement {
  return <fieldset className="ms-def-group ms-stack"><legend>{title}</legend>{hint || extra ? <div className="ms-row"><span className="ms-hint ms-grow">{hint}</span>{extra}</div> : null}{children}</fieldset>
}
function Labelled({ label, children }: { label: string; children: ReactNode }): ReactElement {
  return <label className="ms-stack ms-tight"><span className="ms-field-label">{label}</span>{children}</label>
}

type Stages = Definition['fields']
const allStages = (stages: Props['stages']): Stages[string]['enter'] => stages.map((one) => one.value) as Stages[string]['enter']

/** Per field and stage: not, may, must. */
function FieldStages({ fields, stages, value, onChange }: { fields: { key: string; title: string }[]; stages: Props['stages']; value: Stages; onChange: (next: Stages) => void }): ReactElement {
  const of = (key: string): Stages[string] => value[key] ?? { enter: allStages(stages), required: [] }
  const set = (key: string, at: Stages[string]['enter'][number], how: string) => {
    const now = of(key)
    const enter = now.enter.filter((one) => one !== at)
    const required = now.required.filter((one) => one !== at)
    onChange({ ...value, [key]: { enter: how === 'no' ? enter : [...enter, at], required: how === 'must' ? [...required, at] : required } })
  }
  return (
    <div style={{ overflow: 'auto' }}>
      <table className="ms-plain-table">
        <caption className="ms-hidden">{t('ownFields')}</caption>
        <thead><tr><th scope="col">{t('field')}</th>{stages.map((one) => <th key={one.value} scope="col">{one.label}</th>)}</tr></thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.key}>
              <th scope="row">{field.title}</th>
              {allStages(stages).map((at) => {
                const held = of(field.key)
                const how = held.required.includes(at) ? 'must' : held.enter.includes(at) ? 'may' : 'no'
                return <td key={at}><Select size="small" variant="borderless" popupMatchSelectWidth={false} aria-label={`${field.title} ${stages.find((one) => one.value === at)?.label ?? ''}`} value={how} onChange={(next) => set(field.key, at, next)} options={[{ value: 'no', label: t('stage.no') }, { value: 'may', label: t('stage.may') }, { value: 'must', label: t('stage.must') }]} /></td>
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
