import { defineFeature } from '../../app/feature.ts'
import { t as applications } from './applications/texts.zh-CN.ts'
import { t } from './texts.zh-CN.ts'
import { t as words } from './words/texts.zh-CN.ts'

// everybody may read the calendar; the page is for those who keep it
const calendar = ['platform.manageCalendar', 'platform.readSettings']
// codes and texts to requesters, and what leaves the house by rules
const messages = ['platform.readSms', 'platform.readDeliveries']
const labels = ['platform.manageLabels', 'platform.proposeLabels', 'platform.readLabelStatistics']
const settings = ['platform.readSettings', 'platform.manageDictionaries']

export const feature = defineFeature({
  id: 'admin',
  routes: [
    { path: '/admin/tenants', title: t('tenants'), permission: 'platform.manageTenants', lazy: () => import('./tenants/TenantsPage.tsx') },
    { path: '/admin/units', title: t('units'), permission: 'platform.manageUnits', lazy: () => import('./units/UnitsPage.tsx') },
    { path: '/admin/users', title: t('users'), permission: 'platform.readUsers', lazy: () => import('./users/UsersPage.tsx') },
    { path: '/admin/users/:id', title: t('users'), permission: 'platform.readUsers', lazy: () => import('./users/UserPage.tsx') },
    { path: '/admin/roles', title: t('roles'), permission: 'platform.readRoles', lazy: () => import('./roles/RolesPage.tsx') },
    { path: '/admin/groups', title: t('groups'), permission: 'platform.manageGroups', lazy: () => import('./groups/GroupsPage.tsx') },
    { path: '/admin/rights', title: t('rights'), permission: 'platform.readRoles', lazy: () => import('./rights/RightsReportPage.tsx') },
    { path: '/admin/settings', title: t('settings'), permission: settings, lazy: () => import('./settings/SettingsPage.tsx') },
    { path: '/admin/calendar', title: t('calendar'), permission: calendar, lazy: () => import('./calendar/CalendarPage.tsx') },
    { path: '/admin/security', title: t('security'), permission: 'platform.readSettings', lazy: () => import('./security/SecurityPage.tsx') },
    { path: '/admin/messages', title: t('messages'), permission: messages, lazy: () => import('./messages/MessagesAdminPage.tsx') },
    { path: '/admin/labels', title: t('labels'), permission: labels, lazy: () => import('./labels/LabelsPage.tsx') },
    { path: '/admin/words', title: words('title'), permission: 'platform.manageWords', lazy: () => import('./words/WordsPage.tsx') },
    { path: '/admin/notices', title: t('notices'), permission: 'platform.manageNotices', lazy: () => import('./notices/NoticesAdminPage.tsx') },
    { path: '/admin/applications', title: applications('title'), permission: ['platform.manageApplications', 'platform.approveApplications'], lazy: () => import('./applications/ApplicationsPage.tsx') },
    { path: '/admin/directory-sync', title: t('directorySync'), permission: 'platform.syncDirectory', lazy: () => import('./directory/DirectoryPage.tsx') },
    { path: '/admin/failed-work', title: t('failedWork'), permission: 'platform.readFailedWork', lazy: () => import('./failed-work/FailedWorkPage.tsx') },
    { path: '/admin/audit', title: t('audit'), permission: 'platform.readAudit', lazy: () => import('./audit/AuditPage.tsx') },
    { path: '/admin/audit/verify', title: t('verify'), permission: 'platform.readAudit', lazy: () => import('./audit/VerifyPage.tsx') },
  ],
  rail: [
    { group: 'admin', label: t('tenants'), path: '/admin/tenants', permission: 'platform.manageTenants', order: 1 },
    { group: 'admin', label: t('units'), path: '/admin/units', permission: 'platform.manageUnits', order: 2 },
    { group: 'admin', label: t('users'), path: '/admin/users', permission: 'platform.readUsers', order: 3 },
    { group: 'admin', label: t('roles'), path: '/admin/roles', permission: 'platform.readRoles', order: 4 },
    { group: 'admin', label: t('groups'), path: '/admin/groups', permission: 'platform.manageGroups', order: 4.2 },
    { group: 'admin', label: t('rights'), path: '/admin/rights', permission: 'platform.readRoles', order: 4.4 },
    { group: 'admin', label: t('settings'), path: '/admin/settings', permission: settings, order: 5 },
    { group: 'admin', label: t('calendar'), path: '/admin/calendar', permission: calendar, order: 6 },
    { group: 'admin', label: t('messages'), path: '/admin/messages', permission: messages, order: 9 },
    { group: 'admin', label: words('title'), path: '/admin/words', permission: 'platform.manageWords', order: 7.6 },
    { group: 'admin', label: t('labels'), path: '/admin/labels', permission: labels, order: 7.5 },
    { group: 'admin', label: t('notices'), path: '/admin/notices', permission: 'platform.manageNotices', order: 8.5 },
    { group: 'admin', label: applications('title'), path: '/admin/applications', permission: ['platform.manageApplications', 'platform.approveApplications'], order: 8.8 },
    { group: 'admin', label: t('directorySync'), path: '/admin/directory-sync', permission: 'platform.syncDirectory', order: 2.5 },
    { group: 'admin', label: t('failedWork'), path: '/admin/failed-work', permission: 'platform.readFailedWork', order: 9.5 },
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
