import { defineFeature } from '../../app/feature.ts'
import { t } from './texts.zh-CN.ts'

// everybody may read the calendar; the page is for those who keep it
const calendar = ['platform.manageCalendar', 'platform.readSettings']
const settings = ['platform.readSettings', 'platform.manageDictionaries']

export const feature = defineFeature({
  id: 'admin',
  routes: [
    { path: '/admin/tenants', title: t('tenants'), permission: 'platform.manageTenants', lazy: () => import('./tenants/TenantsPage.tsx') },
    { path: '/admin/units', title: t('units'), permission: 'platform.manageUnits', lazy: () => import('./units/UnitsPage.tsx') },
    { path: '/admin/users', title: t('users'), permission: 'platform.readUsers', lazy: () => import('./users/UsersPage.tsx') },
    { path: '/admin/users/:id', title: t('users'), permission: 'platform.readUsers', lazy: () => import('./users/UserPage.tsx') },
    { path: '/admin/roles', title: t('roles'), permission: 'platform.readRoles', lazy: () => import('./roles/RolesPage.tsx') },
    { path: '/admin/settings', title: t('settings'), permission: settings, lazy: () => import('./settings/SettingsPage.tsx') },
    { path: '/admin/calendar', title: t('calendar'), permission: calendar, lazy: () => import('./calendar/CalendarPage.tsx') },
    { path: '/admin/security', title: t('security'), permission: 'platform.readSettings', lazy: () => import('./security/SecurityPage.tsx') },
    { path: '/admin/messages', title: t('messages'), permission: 'platform.readSms', lazy: () => import('./messages/MessagesAdminPage.tsx') },
    { path: '/admin/flows', title: t('flows'), permission: 'flow.read', lazy: () => import('./flows/FlowsPage.tsx') },
    { path: '/admin/flows/:key', title: t('flows'), permission: 'flow.read', lazy: () => import('./flows/FlowPage.tsx') },
    { path: '/admin/audit', title: t('audit'), permission: 'platform.readAudit', lazy: () => import('./audit/AuditPage.tsx') },
    { path: '/admin/audit/verify', title: t('verify'), permission: 'platform.readAudit', lazy: () => import('./audit/VerifyPage.tsx') },
  ],
  rail: [
    { group: 'admin', label: t('tenants'), path: '/admin/tenants', permission: 'platform.manageTenants', order: 1 },
    { group: 'admin', label: t('units'), path: '/admin/units', permission: 'platform.manageUnits', order: 2 },
    { group: 'admin', label: t('users'), path: '/admin/users', permission: 'platform.readUsers', order: 3 },
    { group: 'admin', label: t('roles'), path: '/admin/roles', permission: 'platform.readRoles', order: 4 },
    { group: 'admin', label: t('settings'), path: '/admin/settings', permission: settings, order: 5 },
    { group: 'admin', label: t('calendar'), path: '/admin/calendar', permission: calendar, order: 6 },
    { group: 'admin', label: t('flows'), path: '/admin/flows', permission: 'flow.read', order: 8 },
    { group: 'admin', label: t('messages'), path: '/admin/messages', permission: 'platform.readSms', order: 9 },
    { group: 'admin', label: t('security'), path: '/admin/security', permission: 'platform.readSettings', order: 11 },
    { group: 'admin', label: t('audit'), path: '/admin/audit', permission: 'platform.readAudit', order: 10 },
  ],
  commands: [
    { id: 'admin.units', label: t('openUnits'), path: '/admin/units', permission: 'platform.manageUnits' },
    { id: 'admin.users', label: t('openUsers'), path: '/admin/users', permission: 'platform.readUsers' },
    { id: 'admin.roles', label: t('openRoles'), path: '/admin/roles', permission: 'platform.readRoles' },
    { id: 'admin.settings', label: t('openSettings'), path: '/admin/settings', permission: settings },
    { id: 'admin.calendar', label: t('openCalendar'), path: '/admin/calendar', permission: calendar },
    { id: 'admin.audit', label: t('openAudit'), path: '/admin/audit', permission: 'platform.readAudit' },
  ],
})
