// What other domains ask: which form applies, and whether values fit it.
import { checkValues, shortWords, withComputed } from '../../../../forms/index.ts'
import type { Ctx } from '../../kernel/ctx.ts'
import { kernelErrors } from '../../kernel/errors.ts'
import { withDictionaries } from './dictionary-choices.ts'
import { fieldsOf, type FormField, type FormSchema } from './form-schema.ts'
import { boundVersion, latestSchemas, publishedVersion, versionById, type FormScope } from './forms.queries.ts'

/**
 * The published form for an appeal type, more closely for a matter, a case profile, a line or a channel (precedence: README of
 * the domain); own tenant and those above it; null where none is bound. Keep `versionId` with the values: old objects open with
 * their own version.
 */
export async function formFor(ctx: Ctx, which: FormScope): Promise<{ versionId: string; schema: FormSchema; fields: FormField[] } | null> {
  const version = await boundVersion(ctx, which)
  if (!version) return null
  const schema = await withDictionaries(ctx, version.schema, 'offered')
  return { versionId: version.id, schema, fields: fieldsOf(schema) }
}

/**
 * The extended form of a merged line or the own fields of a case profile: published and bound to exactly that, beside the form that
 * `formFor` finds; null where none is.
 */
export async function extensionFor(ctx: Ctx, which: { line: string } | { caseProfile: string }): Promise<{ versionId: string; schema: FormSchema; fields: FormField[] } | null> {
  const version = await boundVersion(ctx, { appealType: '', ...which })
  if (!version || ('line' in which ? version.line !== which.line : version.caseProfile !== which.caseProfile)) return null
  const schema = await withDictionaries(ctx, version.schema, 'offered')
  return { versionId: version.id, schema, fields: fieldsOf(schema) }
}

/** What one form of the own tenant looks like today, wherever it is bound; null while none of its versions is published. */
export async function publishedForm(ctx: Ctx, definitionId: string): Promise<{ name: string; versionId: string; schema: FormSchema; fields: FormField[] } | null> {
  const version = await publishedVersion(ctx, definitionId)
  if (!version) return null
  const schema = await withDictionaries(ctx, version.schema, 'offered')
  return { name: version.name, versionId: version.id, schema, fields: fieldsOf(schema) }
}

/** A version by id, for showing stored values; choices of dictionaries with the retired ones. @throws kernel.notFound */
export async function formVersion(ctx: Ctx, versionId: string): Promise<{ schema: FormSchema; fields: FormField[] }> {
  const { schema: stored } = await versionById(ctx, versionId)
  const schema = await withDictionaries(ctx, stored, 'all')
  return { schema, fields: fieldsOf(schema) }
}

/** Fields of all forms in use here, each key once, for conditions, columns and exports of stored values. */
export async function formFields(ctx: Ctx): Promise<(FormField & { forms: string[] })[]> {
  const found = new Map<string, FormField & { forms: string[] }>()
  for (const { name, schema } of await latestSchemas(ctx)) {
    for (const field of fieldsOf(await withDictionaries(ctx, schema, 'all'))) {
      const held = found.get(field.key)
      if (held) held.forms.push(name)
      else found.set(field.key, { ...field, forms: [name] })
    }
  }
  return [...found.values()]
}

/**
 * Checks values against a version and returns them typed, blank ones left out, computed ones worked out here whatever was sent.
 * All errors at once as 422 `kernel.invalid` with paths `formData.x` (tables `formData.x.0.y`); fields that the form does not
 * have are errors too. Values of nothing (`{}`) are checked as well: what is required is then missing. `at` replaces `formData` in the
 * paths; with `required` exactly those fields are mandatory: values that are filled in stage by stage.
 */
export async function validateForm(ctx: Ctx, versionId: string, data: unknown, how: { at?: string; required?: readonly string[] } = {}): Promise<Record<string, unknown>> {
  const at = how.at ?? 'formData'
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw kernelErrors('invalid', { fields: [{ path: at, message: '类型不正确' }] })
  const { schema: stored } = await versionById(ctx, versionId)
  const whole = await withDictionaries(ctx, stored, 'offered')
  const schema = how.required ? { ...whole, required: [...how.required], properties: Object.fromEntries(Object.entries(whole.properties).map(([name, { 'x-requiredIf': _rule, ...field }]) => [name, field])) } : whole
  const filled = Object.entries(data).filter(([, value]) => value !== null && value !== undefined && !(typeof value === 'string' && value.trim() === ''))
  const values = withComputed(schema, Object.fromEntries(filled.filter(([name]) => !schema.properties[name]?.['x-compute'])))
  const problems = checkValues(schema, values, { strict: true })
  if (problems.length > 0) throw kernelErrors('invalid', { fields: problems.map((problem) => ({ path: `${at}.${problem.path}`, message: shortWords(problem) })) })
  return values
}
