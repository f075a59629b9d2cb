import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

const settings = ['platform.readSettings', 'platform.manageDictionaries']

export const feature = defineFeature({
  id: 'admin',
  routes: [
    { path: '/admin/units', title: t('units'), permission: 'platform.manageUnits', lazy: () => import('./units/UnitsPage.tsx') },
    { path: '/admin/users', title: t('users'), permission: 'platform.readUsers', lazy: () => import('./users/UsersPage.tsx') },
    { path: '/admin/users/:id', title: t('users'), permission: 'platform.readUsers', lazy: () => import('./users/UserPage.tsx') },
    { path: '/admin/roles', title: t('roles'), permission: 'platform.readRoles', lazy: () => import('./roles/RolesPage.tsx') },
    { path: '/admin/settings', title: t('settings'), permission: settings, lazy: () => import('./settings/SettingsPage.tsx') },
    { path: '/admin/audit', title: t('audit'), permission: 'platform.readAudit', lazy: () => import('./audit/AuditPage.tsx') },
    { path: '/admin/audit/verify', title: t('verify'), permission: 'platform.readAudit', lazy: () => import('./audit/VerifyPage.tsx') },
  ],
  rail: [
    { group: 'admin', label: t('units'), path: '/admin/units', permission: 'platform.manageUnits', order: 2 },
    { group: 'admin', label: t('users'), path: '/admin/users', permission: 'platform.readUsers', order: 3 },
    { group: 'admin', label: t('roles'), path: '/admin/roles', permission: 'platform.readRoles', order: 4 },
    { group: 'admin', label: t('settings'), path: '/admin/settings', permission: settings, order: 5 },
    { group: 'admin', label: t('audit'), path: '/admin/audit', permission: 'platform.readAudit', order: 10 },
  ],
  commands: [
    { id: 'admin.units', label: t('openUnits'), path: '/admin/units', permission: 'platform.manageUnits' },
    { id: 'admin.users', label: t('openUsers'), path: '/admin/users', permission: 'platform.readUsers' },
    { id: 'admin.roles', label: t('openRoles'), path: '/admin/roles', permission: 'platform.readRoles' },
    { id: 'admin.settings', label: t('openSettings'), path: '/admin/settings', permission: settings },
    { id: 'admin.audit', label: t('openAudit'), path: '/admin/audit', permission: 'platform.readAudit' },
  ],
})
