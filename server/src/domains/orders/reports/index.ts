// Handling reports.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { flowDefinitions, flowFinished } from '../../flow/index.ts'
import { definePart, exportSources } from '../../platform/index.ts'
import { askFinisher } from '../requests/ask.ts'
import { filledTemplate, getReport, listReports, reportExport, reportKind, writeReport } from './handling-report.ts'
import * as c from './report-contract.ts'
import { reportFlow } from './report-flow.ts'

export const part = definePart({
  routes: [bind(c.writeReportRoute, writeReport), bind(c.reportTemplateRoute, filledTemplate), bind(c.listReportsRoute, listReports), bind(c.getReportRoute, getReport)],
  implements: [implement(exportSources, () => [reportExport]), implement(flowDefinitions, () => [reportFlow]), implement(flowFinished, askFinisher([reportKind]))],
})
