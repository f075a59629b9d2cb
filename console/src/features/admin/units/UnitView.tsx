// One unit: what it is, where it stands, its acts. A refused deletion says what stands against it.
import { Button } from 'antd'
import type { ReactElement, ReactNode } from 'react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { asProblem } from '../../../api/problem.ts'
import type { Problem } from '../../../api/problem.ts'
import { useQueryOf } from '../../../api/queries.ts'
import { ActDrawer } from '../../../ui/ActDrawer.tsx'
import { confirm } from '../../../ui/confirm.tsx'
import { QueryView } from '../../../ui/Empty.tsx'
import { say } from '../../../ui/notices.ts'
import { count } from '../../../ui/numbers.ts'
import { Facts, Section } from '../../../ui/Page.tsx'
import { Tag } from '../../../ui/Tags.tsx'
import { when } from '../../../ui/time.ts'
import { areaLoader } from '../../orders/pickers.ts'
import { TypedConfirm } from '../parts/Dialogs.tsx'
import { localLoader } from '../../../ui/local-loader.ts'
import { cleared, useAct } from '../../../ui/use-act.ts'
import { clearable, editSchema, formOf, unitKindNames } from './unit-forms.ts'
import type { UnitNode } from './unit-forms.ts'
import { t } from './texts.zh-CN.ts'

type Props = { node: UnitNode; all: readonly UnitNode[]; onAdd: () => void; onOpen: (id: string) => void }
type Open = 'edit' | 'move' | 'merge' | 'remove' | null

export function UnitView({ node, all, onAdd, onOpen }: Props): ReactElement {
  const unit = useQueryOf('getUnit', { id: node.id })
  const send = useAct('getUnitTree', 'getUnit', 'pick')
  const [open, setOpen] = useState<Open>(null)
  const close = () => setOpen(null)
  const below = useMemo(() => all.filter((one) => one.parentId === node.id), [all, node.id])
  const places = useMemo(() => localLoader(`move:${node.id}:${all.length}`, all.map((one) => ({ id: one.id, name: one.name, parentId: one.parentId, off: one.state === 'disabled' }))), [all, node.id])
  const setState = async (disable: boolean) => {
    if (disable && !(await confirm({ title: `${t('disable')}“${node.name}”`, text: t('disableAsk'), verb: t('disable'), danger: true }))) return
    try {
      await send(disable ? 'disableUnit' : 'enableUnit', { id: node.id })
      say(disable ? t('disabledDone') : t('enabled'))
    } catch (error) {
      say(asProblem(error).message, 'over')
    }
  }
  return (
    <QueryView query={unit}>
      {(data) => (
        <>
          <Section title={<span className="ms-row">{data.name} <span className="ms-code ms-muted">{data.code}</span><Tag tone={data.state === 'active' ? 'ok' : 'calm'}>{data.state === 'active' ? t('active') : t('disabled')}</Tag>{data.vertical ? <Tag tone="primary">{t('verticalYes')}</Tag> : null}</span>}
            extra={data.kind === 'virtual' ? <Link to="/admin/groups">{t('inGroups')}</Link> : <div className="ms-acts" role="toolbar" aria-label={t('title')}>
              <Button type="primary" onClick={() => setOpen('edit')}>{t('edit')}</Button>
              <Button onClick={onAdd} disabled={data.state === 'disabled'}>{t('add')}</Button>
              <Button onClick={() => setOpen('move')}>{t('move')}</Button>
              <Button onClick={() => setOpen('merge')} disabled={data.state === 'disabled' || data.parentId === null}>{t('merge')}</Button>
              {data.state === 'active' ? <Button onClick={() => void setState(true)}>{t('disable')}</Button> : <Button onClick={() => void setState(false)}>{t('enable')}</Button>}
              <Button danger onClick={() => setOpen('remove')}>{t('remove')}</Button>
            </div>}>
            <Facts columns={2} items={[
              { label: t('kind'), value: unitKindNames[data.kind] },
              { label: t('area'), value: <>{data.areaName} <span className="ms-code ms-muted">{data.areaCode}</span></> },
              { label: t('path'), value: data.path.length > 1 ? <Path path={data.path.slice(0, -1)} onOpen={onOpen} /> : null },
              { label: t('users'), value: node.users ? <Link to={`/admin/users?unitId=${node.id}${data.tenantId ? `&tenantId=${data.tenantId}` : ''}`}>{t('usersOpen', { n: count(node.users) })}</Link> : '0' },
              { label: t('leader'), value: data.leaderName },
              { label: t('contact'), value: [data.contactName, data.phoneMasked].filter(Boolean).join(' ') },
              { label: t('validFrom'), value: data.validFrom },
              { label: t('validTo'), value: data.validTo },
              { label: t('sort'), value: data.sort },
              { label: t('mergedInto'), value: data.mergedInto ? <button type="button" className="ms-link-button" onClick={() => onOpen(data.mergedInto?.id ?? '')}>{data.mergedInto.name}</button> : null, hidden: data.mergedInto === null },
              { label: t('changed'), value: t('changedBy', { who: data.changedBy, time: when(data.changedAt) }) },
            ]} />
          </Section>
          <Section title={`${t('below')} ${below.length}`} flush={below.length > 0}>
            {below.length === 0 ? <span className="ms-muted">{t('belowNone')}</span> : (
              <table className="ms-plain-table">
                <thead><tr><th scope="col">{t('name')}</th><th scope="col">{t('code')}</th><th scope="col">{t('kind')}</th><th scope="col" className="ms-num">{t('users')}</th><th scope="col">{t('state')}</th></tr></thead>
                <tbody>{below.map((one) => (
                  <tr key={one.id}>
                    <td><button type="button" className="ms-link-button" onClick={() => onOpen(one.id)}>{one.name}</button></td><td className="ms-code">{one.code}</td><td>{unitKindNames[one.kind]}{one.vertical ? ` · ${t('verticalYes')}` : ''}</td><td className="ms-num">{count(one.users)}</td>
                    <td>{one.state === 'active' ? t('active') : t('disabled')}</td>
                  </tr>
                ))}</tbody>
              </table>
            )}
          </Section>
          <ActDrawer open={open === 'edit'} onClose={close} title={t('edit')} sub={data.name} schema={editSchema} initial={formOf(data)} loaders={{ area: areaLoader }} draftKey={`unit:${data.id}`} submitLabel={t('edit')} conflict={conflictOf}
            submit={async (values) => { await send('changeUnit', { ...cleared(values, clearable), id: data.id, version: data.version }); say(t('saved')) }} />
          <ActDrawer open={open === 'move'} onClose={close} title={t('move')} sub={data.name} loaders={{ unit: places }} notice={t('moveNotice')} submitLabel={t('move')} conflict={conflictOf}
            schema={{ type: 'object', properties: { parentId: { type: 'string', title: t('moveTo'), format: 'unit' } }, required: ['parentId'] }}
            submit={async (values) => { const { moved } = await send('moveUnit', { ...values, id: data.id, version: data.version }); say(t('moved', { n: moved })) }} />
          <ActDrawer open={open === 'merge'} onClose={close} title={t('merge')} sub={data.name} loaders={{ unit: places }} submitLabel={t('merge')} conflict={conflictOf} notice={(form) => <MergePreview id={data.id} intoId={form.value.intoId} />}
            schema={{ type: 'object', properties: { intoId: { type: 'string', title: t('mergeTo'), format: 'unit' }, reason: { type: 'string', title: t('mergeReason'), format: 'textarea', maxLength: 200 } }, required: ['intoId', 'reason'] }}
            submit={async (values) => { await send('mergeUnit', { ...values, id: data.id, version: data.version }); say(t('merged', { name: data.name })); onOpen(String(values.intoId)) }} />
          <TypedConfirm open={open === 'remove'} onClose={close} title={t('removeTitle', { name: data.name })} text={t('removeAsk')} word={data.name} verb={t('remove')} onRefused={usagesOf}
            run={async () => { await send('deleteUnit', { id: data.id }); say(t('removed', { name: data.name })); onOpen(data.parentId ?? '') }} />
        </>
      )}
    </QueryView>
  )
}

function Path({ path, onOpen }: { path: { id: string; name: string }[]; onOpen: (id: string) => void }): ReactElement {
  return <span>{path.map((step, i) => <span key={step.id}>{i ? ' / ' : ''}<button type="button" className="ms-link-button" onClick={() => onOpen(step.id)}>{step.name}</button></span>)}</span>
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function conflictOf(current: unknown): { text: string; rows: [] } | { rows: [] } {
  const who = record(current).changedBy
  return typeof who === 'string' ? { text: t('conflict', { who }), rows: [] } : { rows: [] }
}

/** What still uses the unit, as the server counted it. */
function usagesOf(problem: Problem): ReactNode {
  const usages = record(problem.current).usages
  if (!Array.isArray(usages)) return null
  return (
    <div>
      {t('removeWhy')}
      <ul>{usages.map((usage: unknown) => { const { label, count: n } = record(usage); return <li key={String(label)}>{t('usage', { label: String(label), n: String(n) })}</li> })}</ul>
      {t('disableInstead')}
    </div>
  )
}

/** What will go over, as the server counts it, before anything is done. */
function MergePreview({ id, intoId }: { id: string; intoId: unknown }): ReactElement {
  const chosen = typeof intoId === 'string' && intoId !== '' ? intoId : null
  const preview = useQueryOf('previewUnitMerge', { id, intoId: chosen ?? '' }, { enabled: chosen !== null })
  if (chosen === null) return <div>{t('mergeNotice')}</div>
  return (
    <QueryView query={preview}>
      {(data) => (
        <div role="status">
          <strong>{t('mergePreview', { from: data.from.name, into: data.into.name })}</strong>
          {data.from.areaName === data.into.areaName ? null : <div>{t('mergeAreas', { from: data.from.areaName, into: data.into.areaName })}</div>}
          {data.items.length === 0 ? <div>{t('mergeNothing')}</div> : <ul className="ms-bare">{data.items.map((item) => <li key={item.label}>{t('usage', { label: item.label, n: count(item.count) })}</li>)}</ul>}
          <div>{t('mergeNotice')}</div>
        </div>
      )}
    </QueryView>
  )
}
