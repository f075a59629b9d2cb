import { defineModule } from '../../kernel/module.ts'
import { formErrors } from './forms.errors.ts'
import { routes } from './routes.ts'

export const forms = defineModule({
  name: 'forms',
  tables: 'form_',
  dependsOn: ['platform'],
  permissions: { 'forms.read': '查看表单', 'forms.manage': '维护表单' },
  roles: {
    businessAdmin: { 'forms.read': 'tenant', 'forms.manage': 'tenant' },
    tenantAdmin: { 'forms.read': 'tenant', 'forms.manage': 'tenant' },
    matterManager: { 'forms.read': 'tenant' },
    systemAdmin: { 'forms.read': 'tenant' },
    auditor: { 'forms.read': 'tenant' },
  },
  routes,
  errors: { domain: formErrors.domain, specs: formErrors.specs },
})
