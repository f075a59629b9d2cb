// The enterprise as a form, and the form as what the server takes. Pure.
import type { OutputOf } from '../../../api/call.ts'
import type { FormSchema, FormValue } from '../../../ui/form-rules.ts'
import { t } from './texts.zh-CN.ts'

type Enterprise = OutputOf<'getEnterprise'>
export const ownerships = [t('own_private'), t('own_state'), t('own_foreign'), t('own_collective'), t('own_individual')]
const sizes = [t('size_large'), t('size_medium'), t('size_small'), t('size_micro')]

export function enterpriseSchema(locked: boolean): FormSchema {
  return {
    type: 'object', required: locked ? ['name'] : ['name', 'creditCode'],
    properties: {
      name: { type: 'string', title: t('name'), maxLength: 200, minLength: 2 },
      ...(locked ? {} : { creditCode: { type: 'string' as const, title: t('creditCode'), description: t('creditHint'), pattern: '^[0-9A-Za-z]{18}$', maxLength: 18 } }),
      aliases: { type: 'string', title: t('aliases'), description: t('aliasesHint'), format: 'textarea', maxLength: 4000 },
      areaCode: { type: 'string', title: t('area'), format: 'area', 'x-half': true },
      industry: { type: 'string', title: t('industry'), maxLength: 60, 'x-half': true },
      address: { type: 'string', title: t('address'), maxLength: 300 },
      ownership: { type: 'string', title: t('ownership'), enum: ownerships, 'x-buttons': false, 'x-half': true },
      size: { type: 'string', title: t('size'), enum: sizes, 'x-buttons': false, 'x-half': true },
      legalPerson: { type: 'string', title: t('legalPerson'), maxLength: 60, 'x-half': true },
      source: { type: 'string', title: t('source'), maxLength: 60, 'x-half': true },
      contacts: { type: 'array', format: 'table', title: t('contacts'), maxItems: 10, items: { type: 'object', required: ['name', 'phone'], properties: { name: { type: 'string', title: t('contactName'), maxLength: 60 }, phone: { type: 'string', title: t('contactPhone'), maxLength: 40 }, post: { type: 'string', title: t('contactPost'), maxLength: 40 } }, 'x-order': ['name', 'phone', 'post'] } },
      labels: { type: 'string', title: t('labels'), description: t('labelsHint'), format: 'textarea', maxLength: 2000 },
    },
  }
}

const lines = (value: unknown): string[] => (typeof value === 'string' ? value.split('\n').map((line) => line.trim()).filter(Boolean) : [])

export function formOfEnterprise(one: Enterprise): FormValue {
  const { name, areaCode, industry, address, ownership, size, legalPerson, source, contacts } = one
  return Object.fromEntries(Object.entries({ name, areaCode, industry, address, ownership, size, legalPerson, source, contacts, creditCode: one.creditCode, aliases: one.aliases.join('\n'), labels: one.labels.join('\n') }).filter(([, value]) => value !== null))
}

/** Cleared fields are sent as null; lists of lines as lists. */
export function contentOfForm(value: FormValue): Record<string, unknown> {
  const empty = Object.fromEntries(['areaCode', 'industry', 'address', 'ownership', 'size', 'legalPerson', 'source'].map((name) => [name, null]))
  return { ...empty, ...value, aliases: lines(value.aliases), labels: lines(value.labels), contacts: Array.isArray(value.contacts) ? value.contacts : [] }
}
