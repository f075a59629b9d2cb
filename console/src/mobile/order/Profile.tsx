// The own fields of an order's kind on the phone: what stands, and what this stage may enter (ORD-18, ORD-69).
import { Card, LinkButton, Rows, Tag } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import type { FormSchema } from '../../../../forms/index.ts'
import { useQueryOf } from '../../api/queries.ts'
import { actPath } from '../acts/act-names.ts'
import type { OrderDetail } from '../kept.ts'
import { t } from '../texts.zh-CN.ts'

export const useOrderProfile = (order: OrderDetail) => useQueryOf('orderProfile', { id: order.id }, { enabled: order.profileName !== null })

function words(schema: FormSchema, key: string, value: unknown): string {
  const word = (one: unknown): string => schema.properties[key]?.oneOf?.find((choice) => choice.const === one)?.title ?? (typeof one === 'boolean' ? t(one ? 'rate.yes' : 'rate.no') : String(one))
  return Array.isArray(value) ? value.map(word).join('、') : word(value)
}

export function Profile({ order, live }: { order: OrderDetail; live: boolean }): ReactElement | null {
  const profile = useOrderProfile(order).data
  if (!profile?.form) return null
  const schema = profile.form.schema as unknown as FormSchema // the boundary: the server checked it when the form was published
  const missing = profile.required.filter((key) => profile.values[key] === undefined)
  return (
    <Card title={profile.name ?? ''}>
      <div className="k-stack" data-gap="small">
        {profile.valuesState ? <span className="k-line"><Tag tone={profile.valuesState === 'approved' ? 'ok' : 'over'}>{t(`profile.${profile.valuesState}`)}</Tag></span> : null}
        <Rows rows={Object.keys(schema.properties).map((key) => ({ label: schema.properties[key]?.title ?? key, value: profile.values[key] === undefined ? (missing.includes(key) ? <span className="k-error">{t('profile.missing')}</span> : t('none')) : words(schema, key, profile.values[key]) }))} />
        {live && profile.enterable.length > 0 ? <LinkButton to={actPath(order.number, 'profileValues', {})} tone={missing.length > 0 ? 'primary' : 'soft'}>{t('act.profileValues')}</LinkButton> : null}
      </div>
    </Card>
  )
}
