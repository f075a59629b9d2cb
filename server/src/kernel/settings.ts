// Declarations of parameters (⚙). Values live in platform; a setting is declared by the earliest domain that reads it.
import type { z } from 'zod'

export type Setting<T = unknown> = {
  key: string
  /** Chinese name and help shown to administrators. */
  label: string
  help?: string
  schema: z.ZodType<T>
  fallback: T
  /** Narrowest level that may override it. */
  scope: 'platform' | 'tenant' | 'unit'
  /** Refuses a value that does not fit the other settings of its place: the reason in Chinese, or null. */
  check?(value: T, read: <S>(other: Setting<S>) => Promise<S>): Promise<string | null>
}

/** `const returnWindow = defineSetting({ key: 'returnWindow', label: '退回窗口（小时）', schema: z.number().min(1), fallback: 19, scope: 'tenant' })`. */
export const defineSetting = <T>(setting: Setting<T>): Setting<T> => setting
