// Reports: templates as data, made over the semantic layer, edited, reviewed, published, read, and made by the clock.
import { bind } from '../../kernel/http/route.ts'
import { asJob } from '../../kernel/jobs/job.ts'
import { defineModule } from '../../kernel/module.ts'
import { implement } from '../../kernel/port.ts'
import { snapshotHolders } from '../analytics/index.ts'
import { messageTypes } from '../platform/index.ts'
import { changeCategoryState, listCategories, saveCategory } from './categories.ts'
import { answerCirculation, circulateReport, listCirculation } from './circulation.ts'
import * as contract from './contract.ts'
import { downloadReport, downloadReportSecret, previewPicture, showPicture } from './files.ts'
import { changeReportState } from './life.ts'
import { stayInReport } from './presence.ts'
import { changeReport, createReport, editBlock, listReports, regenerate, showReport } from './reports.ts'
import { reportsFail } from './reports.errors.ts'
import { indicatorPlaces } from '../data/index.ts'
import { templatePlaces } from './indicator-places.ts'
import { heldByReports } from './snapshot-holder.ts'
import { changeSchedule, createSchedule, listSchedules, makeScheduled, runDueSchedules, runSchedule } from './schedules.ts'
import { reportSettings } from './settings.ts'
import { downloadSheet, fillEntries, previewSheet, readSheetFile, showSheet } from './sheets/results.ts'
import * as sheetContract from './sheets/sheet-contract.ts'
import { changeSheetState, createSheet, listSheets, publishSheet, saveSheet, showDesign } from './sheets/sheets.ts'
import { showReportView } from './views.ts'
import { downloadTemplate, readTemplateWord } from './word.ts'
import { changeTemplateState, createTemplate, listTemplates, previewReport, publishTemplate, saveTemplate, showTemplate } from './templates.ts'

const look = { 'reports.read': 'tenant' } as const
const write = { ...look, 'reports.write': 'tenant' } as const
const all = { ...write, 'reports.publish': 'tenant', 'reports.manage': 'tenant' } as const

export const reports = defineModule({
  name: 'reports',
  tables: 'reports_',
  dependsOn: ['platform', 'data', 'assessment', 'analytics'],
  permissions: { 'reports.read': '阅读报告', 'reports.write': '起草报告', 'reports.publish': '审核发布报告', 'reports.manage': '维护报告模板与定时任务' },
  roles: { leader: { ...look, 'reports.publish': 'tenant' }, shiftLeader: write, supervisor: write, reviewer: look, dispatcher: look, inspector: look, unitLeader: look, businessAdmin: all, tenantAdmin: all },
  routes: [
    bind(contract.templatesRoute, listTemplates), bind(contract.createTemplateRoute, createTemplate), bind(contract.previewRoute, previewReport), bind(contract.previewPictureRoute, previewPicture), bind(contract.templateRoute, showTemplate), bind(contract.templateFileRoute, downloadTemplate), bind(contract.readWordRoute, readTemplateWord), bind(contract.saveTemplateRoute, saveTemplate), bind(contract.publishTemplateRoute, publishTemplate), bind(contract.templateStateRoute, changeTemplateState),
    bind(contract.schedulesRoute, listSchedules), bind(contract.createScheduleRoute, createSchedule), bind(contract.changeScheduleRoute, changeSchedule), bind(contract.runScheduleRoute, runSchedule),
    bind(sheetContract.sheetsRoute, listSheets), bind(sheetContract.createSheetRoute, createSheet), bind(sheetContract.readBookRoute, readSheetFile), bind(sheetContract.previewSheetRoute, previewSheet), bind(sheetContract.designRoute, showDesign), bind(sheetContract.saveSheetRoute, saveSheet), bind(sheetContract.publishSheetRoute, publishSheet), bind(sheetContract.sheetStateRoute, changeSheetState), bind(sheetContract.resultRoute, showSheet), bind(sheetContract.fillRoute, fillEntries), bind(sheetContract.sheetFileRoute, downloadSheet),
    bind(contract.categoriesRoute, listCategories), bind(contract.saveCategoryRoute, saveCategory), bind(contract.categoryStateRoute, changeCategoryState),
    bind(contract.circulationRoute, listCirculation), bind(contract.circulateRoute, circulateReport), bind(contract.answerCirculationRoute, answerCirculation),
    bind(contract.reportsRoute, listReports), bind(contract.createReportRoute, createReport), bind(contract.reportRoute, showReport), bind(contract.changeReportRoute, changeReport), bind(contract.editBlockRoute, editBlock), bind(contract.presenceRoute, stayInReport), bind(contract.regenerateRoute, regenerate), bind(contract.reportStateRoute, changeReportState), bind(contract.reportFileRoute, downloadReport), bind(contract.secretFileRoute, downloadReportSecret), bind(contract.reportViewRoute, showReportView), bind(contract.pictureRoute, showPicture),
  ],
  jobs: [asJob(makeScheduled)],
  crons: [{ name: 'reports.schedules', everySeconds: 60, run: runDueSchedules }],
  realtime: { reports: { may: 'reports.read' } },
  settings: reportSettings,
  errors: reportsFail,
  implements: [implement(snapshotHolders, heldByReports), implement(indicatorPlaces, templatePlaces), implement(messageTypes, () => [{ code: 'report.published', name: '新报告', module: 'reports', sample: { title: '新报告：热线月报' } }, { code: 'report.circulated', name: '送阅报告', module: 'reports', duty: true, sample: { title: '送阅报告：热线月报' } }, { code: 'report.answered', name: '送阅有结果', module: 'reports' }, { code: 'report.review', name: '报告待审核', module: 'reports', duty: true }, { code: 'report.returned', name: '报告被退回', module: 'reports', duty: true }, { code: 'report.failed', name: '定时报告失败', module: 'reports', duty: true }])],
})
