// From what a form holds to what the API takes.
import { isAttachment } from '../../../ui/upload.ts'
import type { FormValue } from '../../../ui/form-rules.ts'

export const text = (value: FormValue, name: string): string | undefined => (typeof value[name] === 'string' && value[name].trim() !== '' ? value[name].trim() : undefined)
export const words = (value: FormValue, name: string): string => text(value, name) ?? ''
export const yes = (value: FormValue, name: string): boolean => value[name] === true
export const fileIds = (value: FormValue, name = 'fileIds'): string[] => {
  const files = value[name]
  return Array.isArray(files) ? files.filter(isAttachment).map((file) => file.id) : []
}

/** One of the allowed codes, else the fallback. */
export function oneOf<const T extends string>(value: FormValue, name: string, allowed: readonly T[], fallback: T): T {
  return allowed.find((one) => one === value[name]) ?? fallback
}
