// Forms: which one applies, and whether values fit it.
export { formFields, formFor, formVersion, validateForm } from './form-for.ts'
export type { FormField, FormSchema } from './form-schema.ts'
export type { FormScope } from './forms.queries.ts'
export { ensureForms } from './seed.ts'
