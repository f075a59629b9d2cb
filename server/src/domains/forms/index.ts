// Forms: which one applies, and whether values fit it.
export { formFor, formVersion, validateForm } from './form-for.ts'
export type { FormField, FormSchema } from './form-schema.ts'
export { ensureForms } from './seed.ts'
