import { defineErrors } from '../../../kernel/errors.ts'

export const deliveryErrors = defineErrors('platform', {
  unknownAdapter: { status: 422, title: '该通道没有这种接入方式' },
  channelIncomplete: { status: 422, title: '通道配置不完整，不能启用' },
  unknownPlaceholder: { status: 422, title: '模板中有未定义的占位符：{names}' },
  unknownMessageType: { status: 422, title: '消息类型不存在' },
  deliveryNotFailed: { status: 409, title: '只有失败或未发出的消息可以重发' },
  deliveryGone: { status: 409, title: '消息已发出或已撤回，不能撤回' },
  preferenceFixed: { status: 422, title: '该类消息由本单位规定，不能关闭' },
  nobodyToTell: { status: 422, title: '没有可以接收的人员' },
  sendOver: { status: 409, title: '消息已发出或已取消' },
  sendInPast: { status: 422, title: '发送时间已过，请选择将来的时间；要立即发送，不填时间' },
  repeatWithoutTime: { status: 422, title: '重复发送须填写首次发送时间' },
})
