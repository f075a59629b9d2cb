export const objectNames = { call: '通话服务', chat: '在线会话', order: '工单结果' } as const
export const careStateNames = { open: '待处理', done: '已答复' } as const
export const wayNames = { call: '电话', sms: '短信', chat: '在线会话', other: '其他方式' } as const
