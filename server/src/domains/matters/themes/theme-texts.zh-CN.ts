export const pointActNames: Record<string, string> = { create: '新建', change: '修改', move: '移动', merge: '合并', remove: '删除' }
