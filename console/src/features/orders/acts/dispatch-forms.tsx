// Dispatch to units, and handing the order to a lower centre.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { call } from '../../../api/call.ts'
import type { ActFormHandle } from '../../../ui/ActDrawer.tsx'
import type { OrderDetail } from '../order-types.ts'
import { fault, fields, filesField, opinionField } from './act-form.ts'
import type { ActForm } from './act-form.ts'
import { targetFault, targetsOf } from './dispatch-units.ts'
import { DispatchSide, DispatchUnits, useDispatchOptions } from './DispatchUnits.tsx'
import { fileIds, text, words, yes } from './form-values.ts'
import { TenantSelect } from './life-acts.tsx'
import { t } from './texts.zh-CN.ts'
import { versionKeeper } from './versions.ts'

/** `transfer`: opens the other tab, where the person may hand orders to a lower centre. */
export function dispatchForm(order: OrderDetail, transfer?: () => void): ActForm {
  const at = versionKeeper(order.version)
  let proposed: string | undefined
  return {
    title: t('dispatch.title'), submitLabel: t('dispatch.submit'), initial: { units: [{ role: 'lead' }], ownDue: false },
    notice: transfer ? <Tabs current="units" other={transfer} /> : undefined,
    side: <DispatchSide orderId={order.id} />,
    own: { names: ['units', 'overrideReason', 'opinion'], render: (form) => <DispatchUnits orderId={order.id} form={form} onProposal={(unitId) => { proposed = unitId }} /> },
    schema: fields({
      ownDue: { type: 'boolean', title: t('dispatch.ownDue') },
      dueAt: { type: 'string', format: 'date-time', title: t('dispatch.dueAt'), 'x-visibleIf': { field: 'ownDue', equals: true }, 'x-half': true },
      dueReason: { type: 'string', title: t('dispatch.dueReason'), maxLength: 500, 'x-visibleIf': { field: 'ownDue', equals: true }, 'x-half': true },
      fileIds: filesField(),
    }, ['dueAt', 'dueReason']),
    check: (v) => fault('units', targetFault(targetsOf(v))),
    send: (v, o) => at((version) => {
      const units = targetsOf(v).flatMap((one) => (one.unitId ? [{ unitId: one.unitId, role: one.role, ...(one.requirement?.trim() ? { requirement: one.requirement.trim() } : {}) }] : []))
      const route = v.route === 'levelByLevel' || v.route === 'straight' ? v.route : undefined
      return call('dispatchOrder', { id: order.id, version, units, route, opinion: text(v, 'opinion'), overrideReason: text(v, 'overrideReason'), recommendedUnitId: proposed, fileIds: fileIds(v), ...(yes(v, 'ownDue') ? { dueAt: words(v, 'dueAt'), dueReason: words(v, 'dueReason') } : {}) }, o)
    }),
  }
}

export function transferForm(order: OrderDetail, dispatch?: () => void): ActForm {
  const at = versionKeeper(order.version)
  return {
    title: t('dispatch.tabTenant'), submitLabel: t('transfer.submit'),
    notice: <>{dispatch ? <Tabs current="tenant" other={dispatch} /> : null}<div>{t('transfer.notice')}</div></>,
    own: { names: ['tenantId'], render: (form) => <TenantField orderId={order.id} form={form} /> },
    schema: fields({ requirement: opinionField({ title: t('transfer.requirement') }), dueAt: { type: 'string', format: 'date-time', title: t('transfer.dueAt') }, fileIds: filesField() }),
    check: (v) => fault('tenantId', !text(v, 'tenantId') && t('transfer.choose')),
    send: (v, o) => at((version) => call('transferOrder', { id: order.id, version, tenantId: words(v, 'tenantId'), requirement: text(v, 'requirement'), dueAt: text(v, 'dueAt'), fileIds: fileIds(v) }, o)),
  }
}

function Tabs({ current, other }: { current: 'units' | 'tenant'; other: () => void }): ReactElement {
  const tab = (name: 'units' | 'tenant', label: string) => <Button size="small" type={current === name ? 'primary' : 'default'} aria-pressed={current === name} onClick={current === name ? undefined : other}>{label}</Button>
  return <div className="ms-row">{tab('units', t('dispatch.tabUnits'))}{tab('tenant', t('dispatch.tabTenant'))}</div>
}

function TenantField({ orderId, form }: { orderId: string; form: ActFormHandle }): ReactElement {
  return <TenantSelect id="ms-tenant" tenants={useDispatchOptions(orderId).data?.tenants ?? []} form={form} />
}
