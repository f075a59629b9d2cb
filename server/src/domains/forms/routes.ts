import { kernelErrors } from '../../kernel/errors.ts'
import { bind, type Route } from '../../kernel/http/route.ts'
import * as contract from './contract.ts'
import { compareForms } from './compare-forms.ts'
import { createForm, createFormVersion, deleteFormDraft, saveFormDraft } from './create-form.ts'
import { formFields, formFor, formVersion } from './form-for.ts'
import { listForms, versionById, versionsOf } from './forms.queries.ts'
import { bindForm, publishFormVersion, retireFormVersion, unbindForm } from './publish-form.ts'

export const routes: Route[] = [
  bind(contract.listForms, async (ctx) => ({ items: await listForms(ctx) })),
  bind(contract.findForm, async (ctx, input) => ({ form: await formFor(ctx, input) })),
  bind(contract.listFormFields, async (ctx) => ({ items: await formFields(ctx) })),
  bind(contract.showForm, async (ctx, input) => {
    const form = (await listForms(ctx)).find((one) => one.id === input.id)
    if (!form) throw kernelErrors('notFound')
    return { ...form, versions: await versionsOf(ctx, input.id) }
  }),
  bind(contract.showFormVersion, async (ctx, input) => ({ versionId: input.id, ...(await formVersion(ctx, input.id)) })),
  bind(contract.createForm, createForm),
  bind(contract.createFormVersion, createFormVersion),
  bind(contract.publishFormVersion, publishFormVersion),
  bind(contract.saveFormDraft, saveFormDraft),
  bind(contract.deleteFormDraft, deleteFormDraft),
  bind(contract.retireFormVersion, retireFormVersion),
  bind(contract.compareFormVersions, async (ctx, input) => {
    const [newer, older] = [await versionById(ctx, input.id, true), await versionById(ctx, input.with, true)]
    return { items: compareForms(older.schema, newer.schema) }
  }),
  bind(contract.bindForm, bindForm),
  bind(contract.unbindForm, unbindForm),
]
