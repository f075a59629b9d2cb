// One parameter: value by its schema, where each level stands, who changed it; override, restore, undo.
import { Button, Drawer, Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { asProblem } from '../../../api/problem.ts'
import type { Problem } from '../../../api/problem.ts'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { useSession } from '../../../app/session.tsx'
import { DateInput } from '../../../ui/DateInput.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { ProblemLine, QueryView } from '../../../ui/Empty.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { say } from '../../../ui/notices.ts'
import { Time } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { useAct } from '../../../ui/use-act.ts'
import { asSchema, valueText } from './json-schema.ts'
import { ValueEditor } from './ValueEditor.tsx'
import { t } from './texts.zh-CN.ts'

type Setting = OutputOf<'getSetting'>
export type Place = { tenantId?: string; unitId?: string }

export function SettingDrawer({ name, place, onClose }: { name: string | null; place: Place; onClose: () => void }): ReactElement {
  return <Drawer open={name !== null} onClose={onClose} size={720} destroyOnHidden title={t('name')}>{name ? <Panel key={name} name={name} place={place} /> : null}</Drawer>
}

function Panel({ name, place }: { name: string; place: Place }): ReactElement {
  const setting = useQueryOf('getSetting', { key: name, ...place })
  return <QueryView query={setting}>{(data) => <Loaded key={data.version} setting={data} place={place} />}</QueryView>
}

function Loaded({ setting, place }: { setting: Setting; place: Place }): ReactElement {
  const { can } = useSession()
  const send = useAct('listSettings', 'getSetting', 'getCalendar', 'listPlannedSettings')
  const [value, setValue] = useState<unknown>(setting.value)
  const [reason, setReason] = useState('')
  const [from, setFrom] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const may = can('platform.manageSettings') && setting.settable
  const { user } = useSession()
  const mayLock = may && !place.unitId && user.scopes?.['platform.manageSettings'] === 'tenantsBelow' && setting.scope !== 'platform'
  const dirty = JSON.stringify(value) !== JSON.stringify(setting.value)
  const own = setting.chain.find((step) => step.here)
  const upper = setting.chain.find((step) => !step.here)
  const run = async (what: () => Promise<unknown>, done: string) => {
    if (busy) return
    setBusy(true)
    setProblem(null)
    try {
      await what()
      say(done)
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const why = reason.trim() ? { reason: reason.trim() } : {}
  const save = () => run(() => send('changeSetting', { key: setting.key, ...place, value, version: setting.version, ...why }), t('saved'))
  const plan = () => run(async () => {
    await send('planSetting', { key: setting.key, ...place, value, effectiveAt: from, ...why })
    setValue(setting.value)
    setFrom(undefined)
  }, t('planned'))
  const restore = async () => {
    const ok = await confirm({ title: t('restoreTitle', { name: setting.label }), text: t('restoreText', { value: valueText(setting.key, upper?.value ?? setting.fallback), from: upper?.name ?? t('shipped') }), verb: t('restore') })
    if (ok) await run(() => send('clearSetting', { key: setting.key, ...place, ...why }), t('restored'))
  }
  useKeys(t('name'), [{ keys: 'Ctrl Enter', label: t('save'), run: () => { if (dirty && may) void (from ? plan() : save()) }, inLayers: true }])
  return (
    <div className="ms-stack">
      <div>
        <h2 style={{ margin: 0, fontSize: 'var(--ms-size-title)' }}>{setting.label}</h2>
        <div className="ms-muted">{setting.help}</div>
        <div className="ms-row" style={{ marginBlockStart: 4 }}><span className="ms-code ms-hint">{setting.key}</span><Tag>{t(`scope_${setting.scope}`)}</Tag>{setting.lockedBy !== null ? <Tag tone="near" icon="lock">{t('lockedBy', { name: setting.lockedBy })}</Tag> : setting.settable ? null : <Tag tone="calm" icon="lock">{t('readOnly')}</Tag>}{setting.locksBelow ? <Tag tone="near" icon="lock">{t('locksBelow')}</Tag> : null}</div>
      </div>
      {problem ? <ProblemLine problem={problem} /> : null}
      {problem?.fields.map((field) => <div key={field.path + field.message} className="ms-field-error">{field.message}</div>)}
      <ValueEditor setting={setting.key} schema={asSchema(setting.schema)} value={value} onChange={setValue} label={setting.label} disabled={!may} />
      {may ? (
        <div className="ms-row">
          <Input style={{ inlineSize: 260 }} maxLength={200} placeholder={t('reason')} aria-label={t('reason')} value={reason} onChange={(e) => setReason(e.target.value)} />
          {dirty ? <span className="ms-row" style={{ flexWrap: 'nowrap' }}><span className="ms-hint">{t('planFrom')}</span><DateInput withTime value={from ?? ''} onChange={setFrom} /></span> : null}
          <span className="ms-grow" />
          {mayLock ? <Button disabled={busy || reason.trim() === ''} title={reason.trim() === '' ? t('lockReason') : undefined} onClick={() => void run(() => send('lockSetting', { key: setting.key, ...(place.tenantId ? { tenantId: place.tenantId } : {}), locked: !setting.locksBelow, reason: reason.trim() }), t('lockDone'))}>{setting.locksBelow ? t('unlock') : t('lock')}</Button> : null}
          {own ? <Button disabled={busy} onClick={() => void restore()}>{t('restore')}</Button> : null}
          {dirty ? <Button onClick={() => setValue(setting.value)}>{t('cancel')}</Button> : null}
          <Button type="primary" disabled={!dirty} loading={busy} onClick={() => void (from ? plan() : save())}>{from ? t('planSave') : t('save')}<kbd className="ms-kbd">Ctrl ↵</kbd></Button>
        </div>
      ) : null}
      <section>
        <h3>{t('chain')} <span className="ms-hint">{t('chainHint')}</span></h3>
        <ol className="ms-chain">
          {setting.chain.map((step, i) => (
            <li key={`${step.level}-${step.tenantId}-${step.unitId}`} data-first={i === 0 || undefined}><span>{step.level === 'fallback' ? t('shipped') : step.name}{step.here ? `（${t('here')}）` : ''}</span><span className="ms-pre">{valueText(setting.key, step.value)}</span>{i === 0 ? <Tag tone="primary">{t('inEffect')}</Tag> : <span />}</li>
          ))}
        </ol>
      </section>
      <section>
        <h3>{t('history')}</h3>
        {setting.history.length === 0 ? <span className="ms-muted">{t('historyNone')}</span> : (
          <table className="ms-plain-table">
            <thead><tr><th scope="col">{t('at')}</th><th scope="col">{t('by')}</th><th scope="col">{t('old')}</th><th scope="col">{t('new')}</th><th scope="col">{t('reason')}</th><th scope="col" /></tr></thead>
            <tbody>{setting.history.map((change) => (
              <tr key={change.id}>
                <td><Time iso={change.at} /></td><td>{change.by}</td><td>{valueText(setting.key, change.old)}</td><td>{valueText(setting.key, change.new)}</td><td>{change.reason ?? '–'}</td>
                <td>{change.undoable && may ? <button type="button" className="ms-link-button" onClick={() => void run(() => send('undoSetting', { key: setting.key, ...(place.tenantId ? { tenantId: place.tenantId } : {}), changeId: change.id }), t('undone'))}>{t('undo')}</button> : null}</td>
              </tr>
            ))}</tbody>
          </table>
        )}
      </section>
    </div>
  )
}
