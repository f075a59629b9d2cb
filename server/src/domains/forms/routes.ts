import { kernelErrors } from '../../kernel/errors.ts'
import { bind, type Route } from '../../kernel/http/route.ts'
import * as contract from './contract.ts'
import { createForm, createFormVersion } from './create-form.ts'
import { formFor, formVersion } from './form-for.ts'
import { listForms, versionsOf } from './forms.queries.ts'
import { bindForm, publishFormVersion, unbindForm } from './publish-form.ts'

export const routes: Route[] = [
  bind(contract.listForms, async (ctx) => ({ items: await listForms(ctx) })),
  bind(contract.findForm, async (ctx, input) => ({ form: await formFor(ctx, input) })),
  bind(contract.showForm, async (ctx, input) => {
    const form = (await listForms(ctx)).find((one) => one.id === input.id)
    if (!form) throw kernelErrors('notFound')
    return { ...form, versions: await versionsOf(ctx, input.id) }
  }),
  bind(contract.showFormVersion, async (ctx, input) => ({ versionId: input.id, ...(await formVersion(ctx, input.id)) })),
  bind(contract.createForm, createForm),
  bind(contract.createFormVersion, createFormVersion),
  bind(contract.publishFormVersion, publishFormVersion),
  bind(contract.bindForm, bindForm),
  bind(contract.unbindForm, unbindForm),
]
