// One role: facts, acts, and its matrix; editing shows what is added and taken away and whom it touches.
import { Button, Checkbox, Input } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { Link } from 'react-router'
import { asProblem } from '../../../api/problem.ts'
import type { Problem } from '../../../api/problem.ts'
import type { OutputOf } from '../../../api/call.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { ProblemLine, QueryView } from '../../../ui/Empty.tsx'
import { useKeys } from '../../../ui/keys.ts'
import { say } from '../../../ui/notices.ts'
import { Facts, Section } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { when } from '../../../ui/time.ts'
import { TypedConfirm } from '../parts/Dialogs.tsx'
import { scopes } from '../parts/scopes.ts'
import type { Scope } from '../parts/scopes.ts'
import { useAct } from '../../../ui/use-act.ts'
import { RightsMatrix } from './RightsMatrix.tsx'
import { cellOf, cellsOf, changesOf, inheritedOf, rightsOf } from './role-rights.ts'
import type { Role } from './role-rights.ts'
import { t } from './texts.zh-CN.ts'

type Props = { id: string; roles: OutputOf<'listRoles'>['items']; manage: boolean; onCopy: () => void }

export function RoleView({ id, roles, manage, onCopy }: Props): ReactElement {
  const role = useQueryOf('getRole', { id })
  return <QueryView query={role}>{(data) => <Loaded role={data} roles={roles} manage={manage} onCopy={onCopy} reload={() => void role.refetch()} />}</QueryView>
}

function Loaded({ role, roles, manage, onCopy, reload }: Omit<Props, 'id'> & { role: Role; reload: () => void }): ReactElement {
  const permissions = useQueryOf('listPermissions', {}, { staleTime: 600_000 })
  const send = useAct('listRoles', 'getRole', 'getUserRights')
  const [draft, setDraft] = useState<ReadonlySet<string> | null>(null)
  const [typed, setTyped] = useState('')
  const [onlyHeld, setOnlyHeld] = useState(true)
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [dialog, setDialog] = useState<'facts' | 'remove' | 'disable' | null>(null)
  const before = cellsOf(role.permissions)
  const change = draft ? changesOf(before, draft) : { added: 0, removed: 0 }
  const dirty = change.added + change.removed > 0
  const toggle = (permission: string, scope: Scope) => {
    const next = new Set(draft ?? before)
    const cell = cellOf(permission, scope)
    if (!next.delete(cell)) next.add(cell)
    setDraft(next)
  }
  const leave = () => { setDraft(null); setProblem(null); setReason('') }
  const save = async () => {
    if (!draft || !dirty || busy || !permissions.data) return
    setBusy(true)
    setProblem(null)
    try {
      await send('changeRole', { id: role.id, version: role.version, permissions: rightsOf(draft, permissions.data.items, scopes), ...(reason ? { reason } : {}) })
      say(t('saved'))
      leave()
    } catch (error) {
      setProblem(asProblem(error))
    } finally {
      setBusy(false)
    }
  }
  const setState = async (state: 'active' | 'disabled', why: string) => {
    await send('changeRole', { id: role.id, version: role.version, state, ...(why ? { reason: why } : {}) })
    say(state === 'active' ? t('active') : t('disabled'))
  }
  useKeys(t('matrix'), [
    { keys: 'e', label: t('edit'), run: () => { setDraft(before); setOnlyHeld(false) }, enabled: manage && !draft },
    { keys: 'Ctrl Enter', label: t('save'), run: () => void save(), enabled: draft !== null },
  ])
  return (
    <>
      <Section title={<span className="ms-row">{role.name} <span className="ms-code ms-muted">{role.code}</span>{role.state === 'disabled' ? <Tag tone="calm">{t('disabled')}</Tag> : null}{role.template ? <Tag>{t('template_')}</Tag> : null}</span>}
        extra={manage ? (
          <div className="ms-acts">
            <Button onClick={() => setDialog('facts')}>{t('editFacts')}</Button>
            <Button onClick={onCopy}>{t('copy')}</Button>
            {role.state === 'active' ? <Button onClick={() => setDialog('disable')}>{t('disable')}</Button> : <Button onClick={() => void setState('active', '').catch((error: unknown) => say(asProblem(error).message, 'over'))}>{t('enable')}</Button>}
            <Button danger onClick={() => setDialog('remove')}>{t('remove')}</Button>
          </div>
        ) : null}>
        <Facts columns={2} items={[
          { label: t('description'), value: role.description },
          { label: t('holders'), value: role.holders ? <Link to={`/admin/users?roleId=${role.id}`}>{t('holdersN', { n: role.holders })}</Link> : t('holdersN', { n: 0 }) },
          { label: t('startPage'), value: <span className="ms-code">{role.startPage}</span> },
          { label: t('parents'), value: role.parents.length ? role.parents.map((parent) => parent.name).join('、') : t('noParents') },
          { label: t('group'), value: role.group },
          { label: t('changed'), value: t('changedBy', { who: role.changedBy, time: when(role.changedAt) }) },
        ]} />
      </Section>
      <Section flush title={<span className="ms-row">{t('matrix')} <span className="ms-hint">{t('matrixHint')}</span></span>}
        extra={<div className="ms-row">
          <Checkbox checked={onlyHeld} onChange={(e) => setOnlyHeld(e.target.checked)}>{t('onlyHeld')}</Checkbox>
          <Input size="small" allowClear style={{ inlineSize: 160 }} placeholder={t('filter')} aria-label={t('filter')} value={typed} onChange={(e) => setTyped(e.target.value)} />
          {manage && !draft ? <Button type="primary" size="small" onClick={() => { setDraft(before); setOnlyHeld(false) }}>{t('edit')}<kbd className="ms-kbd">e</kbd></Button> : null}
        </div>}>
        {draft ? (
          <div className="ms-savebar" role="status">
            {problem ? <ProblemLine problem={problem} /> : null}
            {problem?.status === 409 ? <Button size="small" onClick={reload}>{t('reload')}</Button> : null}
            <span>{dirty ? t('changes', change) : t('changesNone')}</span>
            {dirty && role.holders ? <span className="ms-muted">{t('effect', { n: role.holders })}</span> : null}
            <span className="ms-grow" />
            <Input size="small" style={{ inlineSize: 200 }} placeholder={t('reason')} aria-label={t('reason')} maxLength={200} value={reason} onChange={(e) => setReason(e.target.value)} />
            <Button size="small" onClick={leave}>{t('cancel')}</Button>
            <Button size="small" type="primary" disabled={!dirty} loading={busy} onClick={() => void save()}>{t('save')}<kbd className="ms-kbd">Ctrl ↵</kbd></Button>
          </div>
        ) : null}
        <QueryView query={permissions}>
          {(data) => <RightsMatrix permissions={data.items} own={draft ?? before} inherited={inheritedOf(role)} onToggle={draft ? toggle : undefined} onlyHeld={onlyHeld} typed={typed} />}
        </QueryView>
      </Section>
      <ActDrawer open={dialog === 'facts'} onClose={() => setDialog(null)} title={t('editFacts')} sub={role.name} submitLabel={t('editFacts')}
        initial={{ name: role.name, group: role.group, description: role.description, startPage: role.startPage, parentIds: role.parents.map((parent) => parent.id) }}
        schema={{
          type: 'object', required: ['name', 'startPage'],
          properties: {
            name: { type: 'string', title: t('name'), maxLength: 40, 'x-half': true }, group: { type: 'string', title: t('group'), maxLength: 40, 'x-half': true },
            startPage: { type: 'string', title: t('startPage'), description: t('startPageHint') }, description: { type: 'string', title: t('description'), format: 'textarea', maxLength: 200 },
            parentIds: { type: 'array', title: t('parents'), description: t('parentsHint'), items: { type: 'string', oneOf: roles.filter((one) => one.id !== role.id).map((one) => ({ const: one.id, title: one.name })) } },
          },
        }}
        submit={async (values) => { await send('changeRole', { group: '', description: '', parentIds: [], ...values, id: role.id, version: role.version }); say(t('savedFacts')) }} />
      <TypedConfirm open={dialog === 'remove'} onClose={() => setDialog(null)} title={t('removeTitle', { name: role.name })} text={t('removeText')} word={role.name} verb={t('remove')} run={async () => { await send('deleteRole', { id: role.id }); say(t('removed')) }} />
      <TypedConfirm open={dialog === 'disable'} onClose={() => setDialog(null)} title={t('disableTitle', { name: role.name })} text={t('disableText')} word={role.name} verb={t('disable')} reason="may" run={(why) => setState('disabled', why)} />
    </>
  )
}
