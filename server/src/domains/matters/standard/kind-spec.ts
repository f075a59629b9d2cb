// What one kind of standard object adds to the common life: its table, content, locked fields, rules and derived columns.
import type { z } from 'zod'
import type { Ctx } from '../../../kernel/ctx.ts'
import type { MattersTables } from '../tables.gen.ts'
import type { StandardKind } from './content.ts'

export type StandardTable = 'matter_directory' | 'matter_matter' | 'matter_duty_entry' | 'matter_appeal_type' | 'matter_scheme_node' | 'matter_enterprise' | 'matter_duty_line'

/** When rules are checked: on every save, before review, and once more when the change is published. */
export type Stage = 'save' | 'submit' | 'publish'

export type KindSpec<C extends Record<string, unknown> = Record<string, unknown>> = {
  kind: StandardKind
  label: string
  table: StandardTable
  content: z.ZodType<C> & { shape: Record<string, z.ZodType> }
  /** Fields stored as jsonb (arrays of plain values are PostgreSQL arrays). */
  jsonFields: readonly string[]
  /** Fields that never change once effective. */
  locked: readonly string[]
  fieldNames: Record<string, string>
  newId?(content: C): string
  /** Who may create, edit and submit, besides the managers of the standard (`matters.edit`). */
  editors?: string
  title(ctx: Ctx, content: C): Promise<string> | string
  /** Throws what stands against this content. `id` null: not stored yet. */
  check(ctx: Ctx, content: C, of: { id: string | null; stage: Stage }): Promise<void>
  /** Columns computed from the content. */
  derive(ctx: Ctx, id: string, content: C): Promise<Record<string, unknown>>
  /** Throws what stands against offline or void: children, references. */
  checkRetire(ctx: Ctx, id: string, how: 'offline' | 'void' | 'delete'): Promise<void>
}

/** Columns that all kinds share. */
export type CommonColumns = Pick<
  MattersTables['matter_directory'],
  'tenant_id' | 'id' | 'state' | 'version' | 'revision' | 'pending_change_id' | 'creating_unit_id' | 'creating_unit_name' | 'created_by' | 'created_by_name' | 'created_at' | 'updated_at'
>
/** The tables seen through their common columns; the rest of a row is content. */
export type StandardTables = Record<StandardTable, CommonColumns & Record<string, unknown>>

export const editPermissions = (spec: Pick<KindSpec, 'editors'>): string[] => ['matters.edit', ...(spec.editors ? [spec.editors] : [])]

export const columnOf = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
