// Places: coordinates, outlines of areas, when a point is mandatory.
import { bind } from '../../../kernel/http/route.ts'
import { definePart } from '../../platform/index.ts'
import { checkPoint, loadAreaOutlines, mapOfSite } from './check-point.ts'
import * as contract from './place-contract.ts'
import { pointRules, setPointRules, tryPointRules } from './point-rules.ts'
import { mapAttribution, mapCentre, mapTileSystem, mapTileUrl, pointRequired } from './places.settings.ts'

export { pointInArea } from './check-point.ts'
export { convert } from './coordinates.ts'
export { needsPoint } from './point-required.ts'
export { pointRequired } from './places.settings.ts'

export const part = definePart({
  permissions: { 'orders.loadOutlines': '导入区划边界' },
  roles: { tenantAdmin: { 'orders.loadOutlines': 'tenant' }, systemAdmin: { 'orders.loadOutlines': 'tenant' } },
  settings: [pointRequired, mapTileUrl, mapTileSystem, mapAttribution, mapCentre],
  routes: [bind(contract.checkPointRoute, checkPoint), bind(contract.mapOfSiteRoute, mapOfSite), bind(contract.loadOutlinesRoute, loadAreaOutlines), bind(contract.pointRulesRoute, pointRules), bind(contract.setPointRulesRoute, setPointRules), bind(contract.tryPointRulesRoute, tryPointRules)],
})
