// Forms for enterprises (INT-26): a part of intake. The form itself is drawn, versioned and published in `forms`.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { definePart, exportSources } from '../../platform/index.ts'
import * as contract from './contract.ts'
import { fillEnterpriseForm, offeredEnterpriseForms } from './fill-forms.ts'
import { addEnterpriseForm, changeEnterpriseForm, deleteEnterpriseForm, enterpriseFormExport, getEnterpriseFormEntry, listEnterpriseFormEntries, listEnterpriseForms } from './keep-forms.ts'
import { enterpriseFormFail } from './offer.ts'

export const part = definePart({
  routes: [
    bind(contract.listEnterpriseForms, listEnterpriseForms), bind(contract.addEnterpriseForm, addEnterpriseForm), bind(contract.changeEnterpriseForm, changeEnterpriseForm), bind(contract.deleteEnterpriseForm, deleteEnterpriseForm),
    bind(contract.listEnterpriseFormEntries, listEnterpriseFormEntries), bind(contract.getEnterpriseFormEntry, getEnterpriseFormEntry), bind(contract.offeredEnterpriseForms, offeredEnterpriseForms), bind(contract.fillEnterpriseForm, fillEnterpriseForm),
  ],
  errors: enterpriseFormFail,
  implements: [implement(exportSources, () => [enterpriseFormExport])],
})
