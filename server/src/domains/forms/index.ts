// Forms: which one applies, and whether values fit it.
export { extensionFor, formFields, formFor, formVersion, publishedForm, validateForm } from './form-for.ts'
export { formSchema, type FormField, type FormSchema } from './form-schema.ts'
export type { FormScope } from './forms.queries.ts'
export { ensureForms, shipForm } from './seed.ts'
