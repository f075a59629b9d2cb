export const familyNames = { event: '事件', request: '诉求', subject: '主体', object: '对象', address: '地址', requester: '诉求人' } as const
export const relationNames = { hierarchy: '上下级', association: '关联', dependency: '依赖' } as const
