// Registering by hand what an upper platform sent by document or telephone.
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { call } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActPanel } from '../../ui/ActDrawer.tsx'
import type { FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { Page, Section } from '../../ui/Page.tsx'
import { nowIso } from '../../ui/time.ts'
import { fields } from '../orders/acts/act-form.ts'
import { text, words } from '../orders/acts/form-values.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'

const urgencies = ['normal', 'urgent', 'major'] as const

export default function NewUpperPage(): ReactElement {
  const navigate = useNavigate()
  const options = useQueryOf('matterOptions', {}, { staleTime: 300_000 })
  const [initial] = useState<FormValue>({ kind: 'direct', dispatchedAt: nowIso(), urgency: 'normal', appealType: 'help' })
  const submit = async (v: FormValue) => {
    const made = await call('receiveUpperOrder', {
      requester: { name: words(v, 'name'), ...(text(v, 'phone') ? { phone: text(v, 'phone') } : {}) }, appealType: words(v, 'appealType'), title: words(v, 'title'), content: words(v, 'content'), urgency: urgencies.find((one) => one === v.urgency) ?? 'normal',
      ...(text(v, 'areaCode') ? { areaCode: text(v, 'areaCode') } : {}), ...(text(v, 'matterId') ? { matterId: text(v, 'matterId') } : {}),
      upper: { platform: words(v, 'platform'), number: words(v, 'number'), dispatchedAt: words(v, 'dispatchedAt'), dispatchKind: v.kind === 'transferred' ? 'transferred' : 'direct', ...(text(v, 'dueAt') ? { dueAt: text(v, 'dueAt') } : {}), ...(text(v, 'related') ? { relatedNumber: text(v, 'related') } : {}) },
    })
    say(made.created ? t('n.done', { number: made.number }) : t('n.same', { number: made.number }))
    void navigate(`/orders/${made.number}`)
  }
  return (
    <Page title={t('newUpper')} acts={<Button onClick={() => void navigate('/review/upper')}>{t('cancel')}</Button>}>
      <Section>
        <ActPanel draftKey="new-upper" submitLabel={t('n.submit')} submit={submit} initial={initial} loaders={orderLoaders} onClose={() => void navigate('/review/upper')}
          schema={fields({
            platform: { type: 'string', title: t('n.platform'), maxLength: 40, 'x-half': true }, number: { type: 'string', title: t('n.number'), maxLength: 60, 'x-half': true },
            kind: { type: 'string', title: t('n.kind'), oneOf: [{ const: 'direct', title: t('kind.direct') }, { const: 'transferred', title: t('kind.transferred') }], 'x-buttons': true },
            dispatchedAt: { type: 'string', format: 'date-time', title: t('n.dispatchedAt'), 'x-half': true }, dueAt: { type: 'string', format: 'date-time', title: t('n.dueAt'), 'x-half': true },
            related: { type: 'string', title: t('n.related'), description: t('n.relatedHelp'), maxLength: 60, 'x-visibleIf': { field: 'kind', equals: 'transferred' } },
            appealType: { type: 'string', title: t('n.appealType'), oneOf: (options.data?.appealTypes ?? []).map((one) => ({ const: one.id, title: one.name })), 'x-buttons': true },
            urgency: { type: 'string', title: t('n.urgency'), oneOf: urgencies.map((one) => ({ const: one, title: t(`urgency.${one}`) })), 'x-buttons': true },
            title: { type: 'string', title: t('n.title'), maxLength: 80 }, content: { type: 'string', format: 'textarea', title: t('n.content'), maxLength: 5000 },
            areaCode: { type: 'string', format: 'area', title: t('n.area'), 'x-half': true }, matterId: { type: 'string', format: 'matter', title: t('n.matter'), 'x-half': true },
            name: { type: 'string', title: t('n.name'), maxLength: 60, 'x-half': true }, phone: { type: 'string', title: t('n.phone'), maxLength: 40, 'x-half': true },
          }, ['platform', 'number', 'kind', 'dispatchedAt', 'appealType', 'urgency', 'title', 'content', 'name'])} />
      </Section>
    </Page>
  )
}
