// Editing what was registered: only what was changed is sent, so that another person's change of other fields stays.
import { call } from '../../../api/call.ts'
import { asProblem } from '../../../api/problem.ts'
import type { FormValue } from '../../../ui/form-rules.ts'
import { fetchOrder } from '../order-data.ts'
import type { OrderDetail } from '../order-types.ts'
import { fault, fields, filesField } from './act-form.ts'
import type { ActForm } from './act-form.ts'
import { fileIds, text } from './form-values.ts'
import { t } from './texts.zh-CN.ts'

const plain = ['title', 'content', 'appealType', 'urgency', 'areaCode', 'address', 'detailAddress', 'purpose', 'remarks'] as const
type Plain = (typeof plain)[number]
export type EditOptions = { appealTypes: { id: string; name: string }[]; urgencies: { code: string; name: string }[] }

const urgencyOf = (value: string | undefined): 'normal' | 'urgent' | 'major' | undefined => (value === 'normal' || value === 'urgent' || value === 'major' ? value : undefined)

export function editForm(order: OrderDetail, options: EditOptions): ActForm {
  let base = order
  let latest: OrderDetail | null = null
  const initial: FormValue = { ...Object.fromEntries(plain.map((name) => [name, order[name] ?? undefined])), matterId: order.matter?.id, confidential: order.confidential }
  const changed = (v: FormValue) => {
    const texts: Partial<Record<Plain, string>> = {}
    for (const name of plain) {
      const value = text(v, name)
      if (value !== undefined && value !== (order[name] ?? undefined)) texts[name] = value
    }
    const { urgency, ...rest } = texts
    return {
      ...rest,
      ...(urgencyOf(urgency) ? { urgency: urgencyOf(urgency) } : {}),
      ...(text(v, 'matterId') && text(v, 'matterId') !== order.matter?.id ? { matterId: text(v, 'matterId') } : {}),
      ...(typeof v.confidential === 'boolean' && v.confidential !== order.confidential ? { confidential: v.confidential } : {}),
    }
  }
  return {
    title: t('edit.title'), submitLabel: t('edit.title'), notice: t('edit.notice'), initial,
    schema: fields({
      title: { type: 'string', title: t('edit.field.title'), maxLength: 80 },
      content: { type: 'string', format: 'textarea', title: t('edit.field.content'), maxLength: 5000 },
      appealType: { type: 'string', title: t('edit.field.appealType'), oneOf: options.appealTypes.map((one) => ({ const: one.id, title: one.name })), 'x-buttons': options.appealTypes.length <= 8 },
      urgency: { type: 'string', title: t('edit.field.urgency'), oneOf: options.urgencies.map((one) => ({ const: one.code, title: one.name })), 'x-buttons': true },
      matterId: { type: 'string', format: 'matter', title: t('edit.field.matterId') },
      areaCode: { type: 'string', format: 'area', title: t('edit.field.areaCode'), 'x-half': true },
      address: { type: 'string', title: t('edit.field.address'), maxLength: 200, 'x-half': true },
      detailAddress: { type: 'string', title: t('edit.field.detailAddress'), maxLength: 200, description: order.detailAddress?.includes('*') ? t('edit.hidden') : undefined },
      purpose: { type: 'string', title: t('edit.field.purpose'), maxLength: 200 },
      remarks: { type: 'string', format: 'textarea', title: t('edit.field.remarks'), maxLength: 500 },
      confidential: { type: 'boolean', title: t('edit.field.confidential') },
      addFileIds: filesField({ title: t('edit.field.addFileIds'), maxItems: 5 }),
      reason: { type: 'string', title: t('edit.field.reason'), maxLength: 500 },
    }, ['title', 'content', 'appealType', 'urgency']),
    check: (v) => fault('title', Object.keys(changed(v)).length === 0 && fileIds(v, 'addFileIds').length === 0 && t('edit.nothing')),
    send: async (v, o) => {
      try {
        return await call('patchOrder', { id: order.id, version: base.version, ...changed(v), addFileIds: fileIds(v, 'addFileIds'), reason: text(v, 'reason') }, o)
      } catch (error) {
        if (asProblem(error).status === 409) {
          latest = await fetchOrder(order.id).catch(() => null)
          base = latest ?? base
        }
        throw error
      }
    },
    conflict: (_, v) => {
      const theirs = latest
      if (!theirs) return { rows: [] }
      const rows = plain.filter((name) => theirs[name] !== order[name]).map((name) => ({ label: t(`edit.field.${name}`), theirs: theirs[name] ?? '', mine: text(v, name) === (order[name] ?? undefined) ? undefined : text(v, name) }))
      return { rows }
    },
  }
}
