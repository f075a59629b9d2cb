// On the order page: its case profile with the own fields, what may be entered now, and the closing seat's judgement (ORD-18).
import { Button } from 'antd'
import type { ReactElement } from 'react'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import type { InputOf, OutputOf } from '../../api/call.ts'
import { useQueryOf } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import { QueryView } from '../../ui/Empty.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { Facts } from '../../ui/Page.tsx'
import { Tag } from '../../ui/Tags.tsx'
import { useRefreshOrders } from '../orders/order-data.ts'
import { orderLoaders } from '../orders/pickers.ts'
import type { SlotProps } from '../orders/slots.ts'
import { shownValue } from '../orders/values.ts'
import { t } from './texts.zh-CN.ts'

type Profile = OutputOf<'orderProfile'>
type Act = 'fill' | 'approve' | 'return' | 'set'

/** Only the fields that may be entered now; what stands elsewhere is shown, not offered. */
function only(schema: FormSchema, keys: readonly string[], required: readonly string[]): FormSchema {
  const { 'x-groups': _groups, ...rest } = schema
  return { ...rest, required: required.filter((key) => keys.includes(key)), properties: Object.fromEntries(Object.entries(schema.properties).filter(([key]) => keys.includes(key))), 'x-order': (schema['x-order'] ?? Object.keys(schema.properties)).filter((key) => keys.includes(key)) }
}

function choiceWords(schema: FormSchema, key: string, value: unknown): unknown {
  const options = schema.properties[key]?.oneOf
  const word = (one: unknown): unknown => options?.find((option) => option.const === one)?.title ?? one
  return Array.isArray(value) ? value.map(word) : word(value)
}

export default function ProfileFacts({ order }: SlotProps): ReactElement {
  const query = useQueryOf('orderProfile', { id: order.id })
  const [act, setAct] = useState<Act | null>(null)
  return (
    <QueryView query={query} lines={2}>
      {(profile) => {
        const schema = profile.form?.schema as FormSchema | undefined
        return (
          <div className="ms-stack">
            <div className="ms-row ms-wrap">
              {profile.name ? <Tag tone="primary">{profile.name}</Tag> : <span className="ms-hint">{t('none')}</span>}
              {profile.by === 'person' ? <span className="ms-hint">{t('byPerson')}</span> : null}
              {profile.valuesState ? <Tag tone={profile.valuesState === 'approved' ? 'ok' : 'over'}>{profile.valuesState === 'approved' ? t('valuesApproved') : t('valuesReturned')}</Tag> : null}
            </div>
            {schema ? <Facts items={(schema['x-order'] ?? Object.keys(schema.properties)).map((key) => ({ label: schema.properties[key]?.title ?? key, value: profile.values[key] === undefined ? (profile.required.includes(key) ? <span className="ms-field-error">{t('toFill')}</span> : null) : shownValue(choiceWords(schema, key, profile.values[key])) }))} /> : null}
            {profile.lineFields.length > 0 ? <Facts items={profile.lineFields.map((one) => ({ label: one.label, value: shownValue(one.value) }))} /> : null}
            <div className="ms-row ms-wrap">
              {profile.enterable.length > 0 ? <Button size="small" type={profile.required.some((key) => profile.values[key] === undefined) ? 'primary' : 'default'} onClick={() => setAct('fill')}>{t('fill')}</Button> : null}
              {profile.mayReview ? <><Button size="small" onClick={() => setAct('approve')}>{t('approve')}</Button><Button size="small" onClick={() => setAct('return')}>{t('return')}</Button></> : null}
              {profile.maySet ? <Button size="small" type="link" onClick={() => setAct('set')}>{t('set')}</Button> : null}
            </div>
            {act ? <ProfileAct key={act} act={act} orderId={order.id} number={order.number} profile={profile} schema={schema} onClose={() => setAct(null)} /> : null}
          </div>
        )
      }}
    </QueryView>
  )
}

function ProfileAct({ act, orderId, number, profile, schema, onClose }: { act: Act; orderId: string; number: string; profile: Profile; schema: FormSchema | undefined; onClose: () => void }): ReactElement | null {
  const refresh = useRefreshOrders()
  const options = useQueryOf('profileOptions', {}, { enabled: act === 'set', staleTime: 300_000 })
  const done = (word: string) => { void refresh(); say(word); onClose() }
  const frame = { open: true, onClose, sub: number, loaders: orderLoaders }
  const values = profile.values as FormValue
  if (act === 'set') {
    if (!options.data) return null
    const choices = options.data.profiles.filter((one) => one.byHand && one.code !== profile.code).map((one) => ({ const: one.code, title: one.name }))
    return (
      <ActDrawer {...frame} title={t('set')} submitLabel={t('set')} notice={t('setNotice')} onDone={() => done(t('saved'))}
        schema={{ type: 'object', required: ['code', 'reason'], properties: { code: { type: 'string', title: t('kind'), oneOf: [...(profile.code ? [{ const: '-', title: t('noKind') }] : []), ...choices] }, reason: { type: 'string', format: 'textarea', title: t('reason'), maxLength: 300 } } }}
        submit={(v) => call('setOrderProfile', { id: orderId, code: v.code === '-' ? null : String(v.code), reason: String(v.reason), version: profile.version })} />
    )
  }
  if (act === 'return') return <ActDrawer {...frame} title={t('return')} submitLabel={t('return')} notice={t('returnNotice')} onDone={() => done(t('returned'))} schema={{ type: 'object', required: ['opinion'], properties: { opinion: { type: 'string', format: 'textarea', title: t('opinion'), maxLength: 1000 } } }} submit={(v) => call('reviewProfileValues', { id: orderId, outcome: 'return', opinion: String(v.opinion), version: profile.version })} />
  if (!schema) return null
  const shown = only(schema, profile.enterable, profile.required)
  const sent = (v: FormValue) => Object.fromEntries(profile.enterable.map((key) => [key, v[key] ?? null])) as InputOf<'saveProfileValues'>['values']
  return act === 'approve'
    ? <ActDrawer {...frame} title={t('approve')} submitLabel={t('approve')} notice={t('approveNotice')} schema={shown} initial={values} onDone={() => done(t('approved'))} submit={(v) => call('reviewProfileValues', { id: orderId, outcome: 'approve', values: sent(v), version: profile.version })} />
    : <ActDrawer {...frame} title={t('fill')} submitLabel={t('save')} notice={profile.stageName ? t('stageNotice', { stage: profile.stageName }) : undefined} schema={{ ...shown, required: [] }} initial={values} onDone={() => done(t('saved'))} submit={(v) => call('saveProfileValues', { id: orderId, values: sent(v), version: profile.version })} />
}
