// What other domains ask: which form applies, and whether values fit it.
import type { Ctx } from '../../kernel/ctx.ts'
import { kernelErrors, type FieldError } from '../../kernel/errors.ts'
import { compileForm } from './check-form-data.ts'
import { fieldsOf, type FormField, type FormSchema } from './form-schema.ts'
import { boundVersion, versionById } from './forms.queries.ts'

/**
 * The published form for an appeal type, more closely for a matter or a line; null where none is bound. Keep `versionId` with
 * the values: old objects open with their own version.
 */
export async function formFor(ctx: Ctx, which: { appealType: string; matterId?: string; line?: string }): Promise<{ versionId: string; schema: FormSchema; fields: FormField[] } | null> {
  const version = await boundVersion(ctx, which)
  return version && { versionId: version.id, schema: version.schema, fields: fieldsOf(version.schema) }
}

/** A version by id, for showing stored values. @throws kernel.notFound */
export async function formVersion(ctx: Ctx, versionId: string): Promise<{ schema: FormSchema; fields: FormField[] }> {
  const { schema } = await versionById(ctx, versionId)
  return { schema, fields: fieldsOf(schema) }
}

const compiled = new Map<string, (data: Record<string, unknown>) => FieldError[]>()

/**
 * Checks values against a version and returns them typed, blank ones left out. All errors at once as 422 `kernel.invalid` with
 * paths `formData.x`; fields that the form does not have are errors too.
 */
export async function validateForm(ctx: Ctx, versionId: string, data: unknown): Promise<Record<string, unknown>> {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw kernelErrors('invalid', { fields: [{ path: 'formData', message: '类型不正确' }] })
  const version = await versionById(ctx, versionId)
  let check = compiled.get(versionId)
  if (!check) {
    check = compileForm(version.schema)
    if (version.state !== 'draft') compiled.set(versionId, check)
  }
  const values = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null && value !== undefined && !(typeof value === 'string' && value.trim() === '')))
  const fields = check(values)
  if (fields.length > 0) throw kernelErrors('invalid', { fields })
  return values
}
