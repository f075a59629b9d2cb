// The upper platform's detail: a part of assessment.
import { bind } from '../../../kernel/http/route.ts'
import { implement } from '../../../kernel/port.ts'
import { declarationNeedless } from '../../orders/index.ts'
import { definePart } from '../../platform/index.ts'
import { explainUpperRow, listUpperRows, upperSummary, upperValues } from './compare-subjects.ts'
import { downloadUpperTemplate, importUpperDetail, listUpperDetails, previewUpperDetail } from './import-detail.ts'
import { listRemoved, removedAbove, removedByUnit } from './removed.ts'
import * as contract from './upper-contract.ts'

export const part = definePart({
  routes: [
    bind(contract.upperTemplateRoute, downloadUpperTemplate), bind(contract.previewUpperRoute, previewUpperDetail), bind(contract.importUpperRoute, importUpperDetail), bind(contract.listUpperDetailsRoute, listUpperDetails),
    bind(contract.upperSummaryRoute, upperSummary), bind(contract.upperValuesRoute, upperValues), bind(contract.listUpperRowsRoute, listUpperRows), bind(contract.explainUpperRoute, explainUpperRow),
    bind(contract.listRemovedRoute, listRemoved), bind(contract.removedByUnitRoute, removedByUnit),
  ],
  implements: [implement(declarationNeedless, removedAbove)],
})
