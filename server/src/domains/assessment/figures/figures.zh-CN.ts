export const sheetStateNames = { pending: '待审核', approved: '已通过', returned: '已退回', withdrawn: '已撤回' } as const
export const sheetSourceNames = { entered: '录入', imported: '导入' } as const
export const objectColumn = '考核对象'
export const reasonColumn = '没有数据的原因'
