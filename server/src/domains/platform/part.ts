// A part of the platform: one concept with its own contract, use-cases and routes; module.ts joins the parts.
import type { ErrorSpec } from '../../kernel/errors.ts'
import type { Module } from '../../kernel/module.ts'

export type Part = Omit<Module, 'name' | 'tables' | 'dependsOn' | 'errors'> & {
  /** What `defineErrors('platform', …)` returned; codes are unique among the parts. */
  errors?: { specs: Record<string, ErrorSpec> }
}

export const definePart = (part: Part): Part => part
