// 涉企: the enterprise from the registry, or its code and name where the registry does not know it yet; extent and legal person.
import type { ReactElement } from 'react'
import { call } from '../../api/call.ts'
import { FormRenderer } from '../../ui/FormRenderer.tsx'
import type { FormErrors } from '../../ui/form-rules.ts'
import { PickerInput } from '../../ui/Pickers.tsx'
import type { TreeLoader } from '../../ui/Pickers.tsx'
import { enterpriseSchema, fieldOf } from './call-form.ts'
import type { CallForm } from './call-form.ts'
import { t } from './texts.zh-CN.ts'

const known = new Map<string, string>()
const enterpriseLoader: TreeLoader = {
  name: 'enterprises',
  search: async (text) => {
    if (text.trim().length < 2) return []
    const { items } = await call('searchEnterprises', { query: text.trim(), limit: 20 })
    for (const one of items) known.set(one.id, one.name)
    return items.map((one) => ({ id: one.id, name: one.name, path: [one.creditCode, one.areaName].filter(Boolean).join(' · '), leaf: true }))
  },
  byIds: async (ids) => Promise.all(ids.map(async (id) => ({ id, name: known.get(id) ?? (await call('getEnterprise', { id })).name }))),
}

export function EnterprisePart({ form, change, errors }: { form: CallForm; change: (changes: Partial<CallForm>) => void; errors: FormErrors }): ReactElement {
  const chosen = fieldOf(form, 'enterpriseId')
  return (
    <fieldset className="ms-call-group">
      <legend>{t('group.enterprise')}</legend>
      <div className="ms-form" data-layout="left">
        <div className="ms-field" data-field="enterpriseId">
          <span className="ms-field-label">{t('field.enterpriseId')}</span>
          <PickerInput loader={enterpriseLoader} value={chosen} onChange={(next) => change({ fields: { ...form.fields, enterpriseId: next, enterpriseCode: undefined, enterpriseName: undefined } })} placeholder={t('enterpriseHint')} status={errors.enterpriseId ? 'error' : ''} />
          {errors.enterpriseId ? <div className="ms-field-notes"><span className="ms-field-error" role="alert">{errors.enterpriseId}</span></div> : null}
        </div>
      </div>
      <FormRenderer errors={errors} layout="left" schema={enterpriseSchema(chosen !== undefined)} value={{ extent: 'one', ...form.fields }} onChange={(fields) => change({ fields })} />
    </fieldset>
  )
}
