import { defineErrors } from '../../kernel/errors.ts'

export const flowErrors = defineErrors('flow', {
  keyTaken: { status: 409, title: '流程标识“{key}”已被使用' },
  nameTaken: { status: 409, title: '流程名称“{name}”已被使用' },
  alreadyPublished: { status: 409, title: '该版本已发布，请新建版本后修改' },
  graphProblems: { status: 422, title: '流程图有问题，不能发布' },
  notOurs: { status: 403, title: '该流程由上级维护，本中心不能修改' },
  alreadyDecided: { status: 409, title: '该环节已由他人处理' },
  ended: { status: 409, title: '该审批已结束（{state}）' },
  notYours: { status: 403, title: '当前环节由{actor}处理，您不能审批' },
  ownRequest: { status: 403, title: '不能审批自己提出的申请' },
  cannotPassUp: { status: 422, title: '已到最高一级，不能再上报' },
  opinionWanted: { status: 422, title: '退回须填写意见' },
  userUnfit: { status: 422, title: '该人员已停用或是申请人本人，不能改派' },
  unknownFlow: { status: 409, title: '流程“{key}”没有发布的版本' },
})
