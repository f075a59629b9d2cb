// Fields of the order's kind that may be entered at this stage; required ones are demanded with the feedback, not here.
import { Empty, FormView, Skeleton } from '@minsheng/portal/kit'
import type { ReactElement } from 'react'
import type { FormSchema, FormValue } from '../../../../forms/index.ts'
import { call } from '../../api/call.ts'
import type { InputOf, OutputOf } from '../../api/call.ts'
import { Page } from '../frame/Frame.tsx'
import type { OrderDetail } from '../kept.ts'
import { useOrderProfile } from '../order/Profile.tsx'
import { t } from '../texts.zh-CN.ts'
import { ActFrame } from './parts.tsx'
import { useAct } from './use-act.ts'

type Shown = OutputOf<'orderProfile'>

export function ProfileForm({ order }: { order: OrderDetail }): ReactElement {
  const profile = useOrderProfile(order).data
  if (!profile) return <Page title={t('act.profileValues')} back={`/m/orders/${order.number}`}><Skeleton lines={6} /></Page>
  return profile.form && profile.enterable.length > 0 ? <Form order={order} profile={profile} /> : <Page title={t('act.profileValues')} back={`/m/orders/${order.number}`}><Empty kind="done" title={t('form.gone')} /></Page>
}

function Form({ order, profile }: { order: OrderDetail; profile: Shown }): ReactElement {
  const whole = profile.form?.schema as unknown as FormSchema // the boundary: the server checked it when the form was published
  const { 'x-groups': _groups, 'x-order': order_, ...rest } = whole
  const keys = (order_ ?? Object.keys(whole.properties)).filter((key) => profile.enterable.includes(key))
  const schema: FormSchema = { ...rest, required: profile.required.filter((key) => keys.includes(key)), properties: Object.fromEntries(keys.flatMap((key) => { const field = whole.properties[key]; return field ? [[key, field]] : [] })), 'x-order': keys }
  const act = useAct<{ values: FormValue }>(`profile:${order.id}`, { values: profile.values as FormValue }, { label: t('act.profileValues'), number: order.number })
  const sent = () => Object.fromEntries(keys.map((key) => [key, act.value.values[key] ?? null])) as InputOf<'saveProfileValues'>['values']
  return (
    <ActFrame title={t('act.profileValues')} number={order.number} subject={order.title} act={act} submitLabel={t('save')} notice={profile.stageName ? <p>{t('profile.stage', { stage: profile.stageName })}</p> : undefined}
      onSubmit={() => act.submit({}, (options) => call('saveProfileValues', { id: order.id, values: sent(), version: profile.version }, options))}>
      <FormView schema={schema} value={act.value.values} onChange={(values) => act.set({ values })} errors={act.errors} prefix="values." />
    </ActFrame>
  )
}
