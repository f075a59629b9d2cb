// A message to people and units, now or later.
import type { ReactElement } from 'react'
import { useCommand } from '../../api/queries.ts'
import { ActDrawer } from '../../ui/ActDrawer.tsx'
import type { FormSchema, FormValue } from '../../ui/form-rules.ts'
import { say } from '../../ui/notices.ts'
import { orderLoaders } from '../orders/pickers.ts'
import { t } from './texts.zh-CN.ts'

const ids = (value: unknown): string[] => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : typeof value === 'string' && value !== '' ? [value] : [])

const repeats = ['once', 'daily', 'workdays', 'weekly'] as const
type Repeat = (typeof repeats)[number]
/** The fields of wording and time, alike for a new message and a waiting one. */
export const messageFields = {
  title: { type: 'string', title: t('compose.subject'), maxLength: 100 }, text: { type: 'string', title: t('compose.text'), format: 'textarea', maxLength: 2000 },
  level: { type: 'string', title: t('compose.level'), oneOf: [{ const: 'P2', title: t('compose.p2') }, { const: 'P3', title: t('compose.p3') }], 'x-half': true }, sendAt: { type: 'string', title: t('compose.sendAt'), description: t('compose.sendAtHint'), format: 'date-time', 'x-half': true },
  repeat: { type: 'string', title: t('compose.repeat'), oneOf: repeats.map((one) => ({ const: one, title: t(`compose.repeat.${one}`) })), 'x-half': true },
} satisfies FormSchema['properties']
/** What those fields say to the server. */
export function wordsOf(values: FormValue): { title: string; text: string | null; level: 'P2' | 'P3'; repeat: Repeat } {
  return { title: String(values.title), text: typeof values.text === 'string' ? values.text : null, level: values.level === 'P2' ? 'P2' : 'P3', repeat: repeats.find((one) => one === values.repeat) ?? 'once' }
}

export function Compose({ open, onClose, to }: { open: boolean; onClose: () => void; to?: string[] }): ReactElement {
  const send = useCommand('sendStaffMessage', { invalidates: ['listMessageSends'] })
  return (
    <ActDrawer key={to?.join() ?? ''} open={open} onClose={onClose} title={t('compose.title')} submitLabel={t('compose.send')} loaders={orderLoaders} draftKey="message.compose" initial={{ level: 'P3', repeat: 'once', ...(to?.length ? { userIds: to } : {}) }}
      schema={{
        type: 'object', required: ['title'],
        properties: {
          userIds: { type: 'array', title: t('compose.people'), items: { type: 'string', format: 'user' }, format: 'user' }, unitIds: { type: 'array', title: t('compose.units'), items: { type: 'string', format: 'unit' }, format: 'unit' },
          ...messageFields,
        },
      }}
      submit={async (values) => {
        const sent = await send.mutateAsync({ ...wordsOf(values), audience: { userIds: ids(values.userIds), unitIds: ids(values.unitIds), roleCodes: [] }, sendAt: typeof values.sendAt === 'string' ? values.sendAt : null })
        say(sent.told === null ? t('compose.scheduled') : t('compose.sent', { n: sent.told }))
      }} />
  )
}
