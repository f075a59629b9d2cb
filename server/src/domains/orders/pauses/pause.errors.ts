import { defineErrors } from '../../../kernel/errors.ts'

export const pauseFail = defineErrors('orders', {
  pauseConditionUnknown: { status: 422, title: '请从规定的挂起情形中选择' },
  pauseEvidenceMissing: { status: 422, title: '“{condition}”须上传证明材料' },
  pausePromise: { status: 422, title: '{fault}' },
  pauseCap: { status: 409, title: '每个任务最多挂起 {max} 次' },
  pausedAlready: { status: 409, title: '该任务正在挂起' },
  pauseNotActive: { status: 409, title: '该任务没有在挂起' },
  pauseNoPromise: { status: 409, title: '该次挂起没有承诺日期' },
  pausedFirstResume: { status: 409, title: '该任务正在挂起，请先续办' },
  conditionNameTaken: { status: 409, title: '已有同名的挂起情形' },
  conditionChanged: { status: 409, title: '该情形已由 {by} 修改' },
})
