// The drawers of a set's acts.
import type { ReactElement } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { call } from '../../api/call.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { ordersByNumbers } from './orders-by-numbers.ts'
import type { EventSet } from './SetPage.tsx'
import { t } from './texts.zh-CN.ts'

export type SetActName = 'confirm' | 'dispatch' | 'answer' | 'notice' | 'addMembers' | 'edit' | 'dissolve' | 'remove'
type Form = { title: string; submitLabel: string; notice?: string; schema: FormSchema; initial?: FormValue; submit: (v: FormValue) => Promise<unknown> }

const text = (v: FormValue, name: string): string => (typeof v[name] === 'string' ? v[name].trim() : '')
export const linesOf = (value: string): string[] => [...new Set(value.split(/[\n,，、;；\s]+/).map((one) => one.trim()).filter(Boolean))]
const reasonField = (title: string): FormSchema => ({ type: 'object', required: ['reason'], properties: { reason: { type: 'string', format: 'textarea', title, maxLength: 300 } } })

export function SetAct({ name, set, orderId, onClose }: { name: SetActName; set: EventSet; orderId?: string; onClose: () => void }): ReactElement {
  const client = useQueryClient()
  const form = formOf(name, set, orderId)
  return (
    <ActDrawer open onClose={onClose} title={form.title} sub={set.number} schema={form.schema} initial={form.initial} notice={form.notice} submitLabel={form.submitLabel} loaders={orderLoaders} draftKey={`set:${set.id}:${name}`}
      submit={form.submit}
      onDone={() => {
        for (const key of ['getEventSet', 'listEventSets', 'listOrders', 'getOrderByNumber', 'eventSetOfOrder']) void client.invalidateQueries({ queryKey: [key] })
        onClose()
      }} />
  )
}

function formOf(name: SetActName, set: EventSet, orderId: string | undefined): Form {
  const base = { id: set.id, version: set.version }
  const waiting = set.memberList.filter((one) => one.memberState === 'joined' && (one.state === 'pendingReview' || one.state === 'pendingDispatch' || one.state === 'draft')).length
  switch (name) {
    case 'confirm':
      return {
        title: t('takeIn'), submitLabel: t('takeIn'), initial: { orderIds: set.memberList.filter((one) => one.memberState === 'proposed').map((one) => one.orderId) },
        schema: { type: 'object', required: ['orderIds'], properties: { orderIds: { type: 'array', title: t('proposed'), items: { type: 'string', oneOf: set.memberList.filter((one) => one.memberState === 'proposed').map((one) => ({ const: one.orderId, title: `${one.number} ${one.title}` })) } } } },
        submit: (v) => call('confirmEventSet', { ...base, orderIds: Array.isArray(v.orderIds) ? v.orderIds.map(String) : [] }),
      }
    case 'dispatch':
      return {
        title: t('dispatch.title'), submitLabel: t('dispatch.submit'), notice: t('dispatch.notice', { n: Math.max(0, set.members - 1) }),
        schema: { type: 'object', required: ['lead'], properties: { lead: { type: 'string', format: 'unit', title: t('dispatch.lead') }, assist: { type: 'array', format: 'unit', title: t('dispatch.assist') }, opinion: { type: 'string', format: 'textarea', title: t('dispatch.opinion'), maxLength: 1000 } } },
        submit: (v) => call('dispatchEventSet', { ...base, units: [{ unitId: text(v, 'lead'), role: 'lead' }, ...(Array.isArray(v.assist) ? v.assist.map((unitId) => ({ unitId: String(unitId), role: 'assist' as const })) : [])], opinion: text(v, 'opinion') || undefined }),
      }
    case 'answer':
      return {
        title: t('answer.title'), submitLabel: t('answer.submit'), notice: t('answer.notice', { n: waiting }),
        schema: { type: 'object', required: ['reply', 'basis'], properties: { reply: { type: 'string', format: 'textarea', title: t('answer.reply'), maxLength: 5000 }, basis: { type: 'string', title: t('answer.basis'), maxLength: 1000 } } },
        submit: (v) => call('answerEventSet', { ...base, reply: text(v, 'reply'), basis: text(v, 'basis') }),
      }
    case 'notice':
      return {
        title: t('notice.title'), submitLabel: t('notice.submit'), notice: t('notice.note'), initial: { sms: true },
        schema: { type: 'object', required: ['text'], properties: { text: { type: 'string', format: 'textarea', title: t('notice.text'), maxLength: 300 }, sms: { type: 'boolean', title: t('notice.sms') } } },
        submit: async (v) => {
          const done = await call('tellSetRequesters', { id: set.id, text: text(v, 'text'), sms: v.sms === true })
          say(t('notice.done', { told: done.told, messages: done.messages }))
        },
      }
    case 'addMembers':
      return {
        title: t('add.title'), submitLabel: t('add.submit'), notice: t('add.notice'),
        schema: { type: 'object', required: ['numbers'], properties: { numbers: { type: 'string', format: 'textarea', title: t('add.numbers'), maxLength: 4000 } } },
        submit: async (v) => call('addSetMembers', { ...base, orderIds: await ordersByNumbers(linesOf(text(v, 'numbers')), 'numbers') }),
      }
    case 'edit':
      return {
        title: t('edit.title'), submitLabel: t('save'), initial: { title: set.title, core: set.core, communities: set.communities.join('\n'), people: set.people ?? undefined, advice: set.advice ?? undefined },
        schema: {
          type: 'object', required: ['title', 'core'],
          properties: {
            title: { type: 'string', title: t('create.field.title'), maxLength: 80 }, core: { type: 'string', format: 'textarea', title: t('create.field.core'), maxLength: 1000 }, communities: { type: 'string', format: 'textarea', title: t('create.field.communities'), maxLength: 3000 },
            people: { type: 'integer', title: t('create.field.people'), minimum: 0 }, advice: { type: 'string', format: 'textarea', title: t('edit.field.advice'), maxLength: 2000 },
          },
        },
        submit: (v) => call('patchEventSet', { ...base, title: text(v, 'title'), core: text(v, 'core'), communities: text(v, 'communities').split('\n').map((one) => one.trim()).filter(Boolean), people: typeof v.people === 'number' ? v.people : null, advice: text(v, 'advice') || null }),
      }
    case 'dissolve':
      return { title: t('dissolve.title'), submitLabel: t('dissolve.submit'), notice: t('dissolve.notice'), schema: reasonField(t('dissolve.reason')), submit: (v) => call('dissolveEventSet', { ...base, reason: text(v, 'reason') }) }
    case 'remove':
      return { title: t('remove.title'), submitLabel: t('remove.submit'), notice: t('remove.notice'), schema: reasonField(t('remove.reason')), submit: (v) => call('removeSetMember', { ...base, orderId: orderId ?? '', reason: text(v, 'reason') }) }
  }
}
