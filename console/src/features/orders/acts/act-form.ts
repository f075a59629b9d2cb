// What one act is: its words, its fields, and what is sent. Drawers and desks draw it, none knows the acts.
import type { RequestOptions } from '../../../api/http.ts'
import type { ActDrawerProps } from '../../../ui/ActDrawer.tsx'
import type { FieldSchema, FormErrors, FormSchema, FormValue } from '../../../ui/form-rules.ts'
import { t } from './texts.zh-CN.ts'

export type ActForm = Pick<ActDrawerProps, 'schema' | 'initial' | 'check' | 'notice' | 'side' | 'own' | 'loaders' | 'conflict'> & {
  title: string
  submitLabel: string
  send: (values: FormValue, options: RequestOptions) => Promise<unknown>
}

export const opinionField = (more: Partial<FieldSchema> = {}): FieldSchema => ({ type: 'string', format: 'textarea', title: t('opinion'), maxLength: 1000, ...more })
export const filesField = (more: Partial<FieldSchema> = {}): FieldSchema => ({ type: 'array', format: 'file', title: t('files'), maxItems: 20, ...more })
export const fields = (properties: Record<string, FieldSchema>, required: string[] = [], groups?: FormSchema['x-groups']): FormSchema => ({ type: 'object', properties, required, ...(groups ? { 'x-groups': groups } : {}) })

/** One message at one field, or none. */
export const fault = (name: string, message: string | null | false): FormErrors => (message ? { [name]: message } : {})
