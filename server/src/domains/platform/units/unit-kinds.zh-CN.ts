import type { UnitKind } from './unit-tree.ts'

export const unitKindTexts: Record<UnitKind, string> = { centre: '热线中心', handling: '承办单位', section: '科室', community: '社区（村）', enterprise: '区属企业', subCentre: '分中心', virtual: '虚拟组织' }
