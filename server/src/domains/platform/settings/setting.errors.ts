import { defineErrors } from '../../../kernel/errors.ts'

export const settingErrors = defineErrors('platform', {
  settingLocked: { status: 403, title: '参数“{label}”已由上级锁定，不能更改' },
  nothingBelow: { status: 422, title: '没有下级租户，不需要锁定' },
  settingRange: { status: 422, title: '“{label}”的取值超出允许范围' },
  settingScope: { status: 422, title: '“{label}”不能在这一级设置' },
  settingChanged: { status: 409, title: '该参数已被他人更改' },
  plannedPast: { status: 422, title: '生效时间须晚于现在' },
  plannedOver: { status: 409, title: '计划已生效或已取消' },
  nothingToUndo: { status: 409, title: '该次更改之后又有新的更改，不能撤销' },
})
