import { defineFeature } from '../../app/feature.ts'
import { s } from './sheets/sheets.zh-CN.ts'
import { t } from './texts.zh-CN.ts'

const read = 'reports.read'
export const feature = defineFeature({
  id: 'reports',
  routes: [
    { path: '/analytics/reports', title: t('reports'), permission: read, lazy: () => import('./ReportsPage.tsx') },
    { path: '/analytics/reports/templates', title: t('templates'), permission: 'reports.write', lazy: () => import('./TemplatesPage.tsx') },
    { path: '/analytics/reports/templates/:code', title: t('editTemplate'), permission: 'reports.manage', lazy: () => import('./TemplatePage.tsx') },
    { path: '/analytics/reports/schedules', title: t('schedules'), permission: 'reports.manage', lazy: () => import('./SchedulesPage.tsx') },
    { path: '/analytics/reports/circulation', title: t('circulation'), permission: read, lazy: () => import('./CirculationPage.tsx') },
    { path: '/analytics/reports/sheets', title: s('sheets'), permission: read, lazy: () => import('./sheets/SheetsPage.tsx') },
    { path: '/analytics/reports/sheets/:id', title: s('sheet'), permission: read, lazy: () => import('./sheets/SheetPage.tsx') },
    { path: '/analytics/reports/sheets/:id/design', title: s('design'), permission: 'reports.manage', lazy: () => import('./sheets/SheetDesignPage.tsx') },
    { path: '/analytics/reports/:id', title: t('report'), permission: read, lazy: () => import('./ReportPage.tsx') },
  ],
  rail: [{ group: 'analytics', label: t('reports'), path: '/analytics/reports', permission: read, order: 5 }],
  commands: [{ id: 'reportSheets', label: s('sheets'), path: '/analytics/reports/sheets', permission: read }, { id: 'reports', label: t('reports'), path: '/analytics/reports', permission: read }],
})
