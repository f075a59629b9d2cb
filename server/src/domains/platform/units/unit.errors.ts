import { defineErrors } from '../../../kernel/errors.ts'

export const unitErrors = defineErrors('platform', {
  unitCodeTaken: { status: 409, title: '机构编码“{code}”已被使用' },
  unknownArea: { status: 422, title: '区划不存在或已停用' },
  badParent: { status: 422, title: '上级机构不存在、已停用或不在您的管理范围' },
  moveIntoItself: { status: 422, title: '机构不能移动到自己或自己的下级之下' },
  badMerge: { status: 422, title: '机构不能这样合并' },
  mergeBelow: { status: 422, title: '机构不能并入自己的下级机构' },
  unitInUse: { status: 409, title: '机构已有业务数据，不能删除，可以停用' },
  unitHasChildren: { status: 409, title: '机构还有下级机构' },
  virtualUnit: { status: 409, title: '虚拟组织随用户组建立、变更和结束，请在用户组中办理' },
  lastCentre: { status: 409, title: '热线中心机构不能停用、删除或移动到其他机构之下' },
})
