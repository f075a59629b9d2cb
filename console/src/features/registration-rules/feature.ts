import { defineFeature } from '../../app/feature.ts'

const permission = 'orders.manageRegistrationRules'

export const feature = defineFeature({
  id: 'registration-rules',
  routes: [{ path: '/orders/registration-rules', title: '登记规则', permission, lazy: () => import('./RegistrationRulesPage.tsx') }],
  rail: [{ group: 'orders', label: '登记规则', path: '/orders/registration-rules', permission, order: 7.5 }],
  commands: [{ id: 'orders.registrationRules', label: '打开登记规则', path: '/orders/registration-rules', permission }],
})
